"""The paths of a write: how each stands before, what becomes of it, in the index and on disk."""
