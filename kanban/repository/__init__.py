"""Everything read from and written to git."""

from kanban.repository.git.repository import Identity, MergeResult, Repository, State

__all__ = ["Identity", "MergeResult", "Repository", "State"]
