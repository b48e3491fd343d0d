"""Gestures on a branch of their own, for a person to look at and merge."""

import re
import secrets
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.repository.git.repository import Repository
from kanban.repository.git.worktrees import add_worktree, remove_worktree


@dataclass(frozen=True, slots=True)
class Proposal:
    """A branch checked out in a folder of its own. `base` is the commit from which it began."""

    branch: str
    folder: Path
    base: str
    top: Path

    def close(self) -> None:
        """Take the folder away; the branch stays."""
        remove_worktree(self.top, self.folder)
        shutil.rmtree(self.folder.parent, ignore_errors=True)


def propose(repository: Repository, agent: str) -> Proposal:
    """A new branch `agents/NAME-COMMIT-…` from the present commit, in a worktree outside the repository.

    Raises KanbanError where there is no commit to begin from.
    """
    top, base = repository.toplevel, repository.head()
    if top is None or base is None:
        raise KanbanError(_("there is no commit to propose a change to"), cure=_("commit first"))
    name = re.sub(r"[^a-z0-9]+", "-", agent.lower()).strip("-") or "agent"
    branch = f"agents/{name}-{base[:8]}-{secrets.token_hex(2)}"
    folder = Path(tempfile.mkdtemp(prefix="kanban-agent-")) / "board"
    add_worktree(top, branch, folder, base)
    return Proposal(branch, folder, base, top)
