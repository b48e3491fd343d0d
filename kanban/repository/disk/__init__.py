"""Locks, storage and interruptions: what a write survives."""

from kanban.again.rows import FOLDER

__all__ = ["FOLDER"]
