"""Locks, storage and interruptions: what a write survives."""

FOLDER = "kanban"
"""Our own folder inside the git folder that linked working trees share."""
