"""No branch is checked out: back on the one that was left, together with what was committed meanwhile."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from kanban.commands.base.session import Session
from kanban.commands.together.answers import Ask
from kanban.commands.together.settling import Settling
from kanban.errors import RepositoryState
from kanban.i18n import _, ngettext
from kanban.repository.git.branches import branch_left
from kanban.repository.git.repository import Repository
from kanban.repository.git.worktrees import folder_of_branch
from kanban.repository.merge.adoption import adopt, check_adoptable
from kanban.review.merge.answer import Answer


@dataclass(frozen=True, slots=True)
class Home:
    """The branch (short name), the commit that it holds then, and what there is to say."""

    branch: str
    commit: str
    told: tuple[str, ...]


def come_home(session: Session, answers: dict[str, Answer], ask: Ask | None, *, dry_run: bool = False) -> Home:
    """Check the branch out again; commits that it does not have go into it first. The caller holds the lock.

    Each step leaves a state in which the same way home goes on. Raises `Refused` with what only a person can decide,
    `EditConflict` when uncommitted work stands in the way, `RepositoryState` when another folder has the branch.
    """
    repo = session.repository
    branch, here = branch_left(repo), repo.resolve("HEAD")
    ref = f"refs/heads/{branch}"
    if (folder := folder_of_branch(repo, ref)) is not None:
        text = _("no branch is checked out here, and {branch} is checked out in {folder}")
        cure = f"kanban -C {shlex.quote(folder)} sync"
        raise RepositoryState(text.format(branch=branch, folder=folder), cure=cure)
    there = repo.commit_at(ref)
    new, told = _together(session, here, there, answers, ask)
    told = (_("no branch was checked out: this is {branch} again").format(branch=branch), *told)
    count = len(repo.rev_list([here], [there])) if there and repo.merge_base(here, there) else 0
    if count:
        text = ngettext("{count} commit made meanwhile came along", "{count} commits made meanwhile came along", count)
        told = (*told, text.format(count=count))
    if not dry_run:
        check_adoptable(repo, here, new)
        if new != there:
            repo.git.run("update-ref", "-m", "kanban: back", ref, new, there or "0" * len(new))
        rest = adopt(repo, "HEAD", here, new, "kanban: back")
        told = (*told, rest) if rest else told
        repo.git.run("symbolic-ref", "-m", "kanban: back", "HEAD", ref)
    return Home(branch, new, told)


def _together(
    session: Session, here: str, there: str | None, answers: dict[str, Answer], ask: Ask | None
) -> tuple[str, tuple[str, ...]]:
    """The commit that holds what is checked out and what the branch has, and how cards were settled.

    It keeps what is checked out among its parents, so that whoever is stopped here and begins again does it once.
    """
    repo: Repository = session.repository
    if there is None or repo.is_ancestor(there, here):
        return here, ()
    if repo.is_ancestor(here, there):
        return there, ()
    base = repo.merge_base(here, there)
    if base is None:
        name = f"kept-{here[:8]}"
        repo.git.run("branch", "--force", name, here)
        text = _("what was checked out has no common past with it: the branch {branch} keeps that")
        return there, (text.format(branch=name),)
    settling = Settling(session, base, here, there, answers)
    return settling.decided(ask, _("the branch"), by_merge=True), tuple(settling.told)
