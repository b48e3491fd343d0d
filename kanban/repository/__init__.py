"""Everything read from and written to git."""

from kanban.repository.repository import Identity, MergeResult, Repository, State

__all__ = ["Identity", "MergeResult", "Repository", "State"]
