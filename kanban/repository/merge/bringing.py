"""Commits with dates of their own, brought onto the branch: made aside, then taken over in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kanban.demo.plan import PlannedCommit
from kanban.errors import RepositoryState
from kanban.i18n import _
from kanban.repository.disk.lock import repository_lock
from kanban.repository.git.repository import Repository
from kanban.repository.merge.adoption import adopt
from kanban.repository.planned.commits import write_onto
from kanban.repository.write import guard
from kanban.repository.write.durable import recovery
from kanban.repository.write.write_session import Session

LOCK_SECONDS = 30.0


def bring(repo: Repository, plan: Callable[[], Sequence[PlannedCommit]], note: str) -> str | None:
    """Make the commits of `plan`, which is asked under the lock, on top of HEAD; the id of the last, None for none.

    Files, index and branch follow as one: whatever stops it, all is as before or all is done. Uncommitted work stays,
    and where it stands in the way `EditConflict` says so. The user's commit hooks do not run. `note` is for the reflog.
    """
    session = Session(repo)
    guard.check_state(session, commit=True)
    with repository_lock(repo.common_dir, LOCK_SECONDS):
        recovery.recover_locked(session)
        base = guard.read_base(session, commit=True)
        if base.commit is None:
            raise RepositoryState(
                _("nothing has been committed here yet: the board comes first"),
                cure="kanban init . --git",
            )
        commits = plan()
        if not commits:
            return None
        new = write_onto(repo.git, base.commit, commits)
        adopt(repo, base.branch, base.commit, new, note)
        return new
