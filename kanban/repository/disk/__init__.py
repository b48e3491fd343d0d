"""Locks, storage and interruptions: what a write survives."""
