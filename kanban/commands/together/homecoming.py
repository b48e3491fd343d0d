"""No branch is checked out: back on the one that was left, together with what was committed meanwhile."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from kanban.commands.base.session import Session
from kanban.commands.together.answers import Ask
from kanban.commands.together.settling import Settling
from kanban.errors import KanbanError, PartlyDone, RepositoryState
from kanban.i18n import _, ngettext
from kanban.repository.disk.storage import storage_failed_by
from kanban.repository.git.branches import branch_left
from kanban.repository.git.repository import Repository
from kanban.repository.git.worktrees import folder_of_branch
from kanban.repository.merge.adoption import UnsavedEdits, adopt, check_adoptable
from kanban.review.merge.answer import Answer


@dataclass(frozen=True, slots=True)
class Home:
    """The branch (short name), the commit that it holds then, and what there is to say."""

    branch: str
    commit: str
    told: tuple[str, ...]


def come_home(session: Session, answers: dict[str, Answer], ask: Ask | None, *, dry_run: bool = False) -> Home:
    """Check the branch out again; commits that belong to no branch at all go into it first. The caller holds the lock.

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
    old = repo.commit_at(ref)
    there = old or repo.commit_at(f"refs/remotes/origin/{branch}")
    told: tuple[str, ...] = (_("no branch was checked out: this is {branch} again").format(branch=branch),)
    kept = "" if there is None or _is_ours_alone(repo, here, there) else f"kept-{here[:8]}"
    if there is None:
        new = here
    elif kept:
        new, told = there, (*told, *_kept(repo, here, kept, dry_run=dry_run))
    else:
        new, settled = _together(session, here, there, answers, ask)
        told = (*told, *_came_along(repo, here, there), *settled)
    if not dry_run:
        _check_edits(repo, here, new)
        try:
            if new != old:
                repo.git.run("update-ref", "-m", "kanban: back", ref, new, old or "0" * len(new))
            rest = adopt(repo, "HEAD", here, new, "kanban: back")
            told = (*told, rest) if rest else told
            repo.git.run("symbolic-ref", "-m", "kanban: back", "HEAD", ref)
        except (KanbanError, OSError) as error:
            if repo.commit_at(ref) == old and repo.resolve("HEAD") == here:
                raise
            raise half_way(branch, storage_failed_by(error) if isinstance(error, OSError) else error) from error
    return Home(branch, new, told)


def half_way(branch: str, error: KanbanError) -> PartlyDone:
    """What stopped a `sync` that was on its way back to the branch, or is back on it: the same command goes on."""
    message = _("the way back to {branch} is begun, the rest is not done: {reason}")
    return PartlyDone(
        message.format(branch=branch, reason=error.message), cure=error.cure or "kanban sync", where=error.where
    )


def _check_edits(repo: Repository, here: str, new: str) -> None:
    try:
        check_adoptable(repo, here, new)
    except UnsavedEdits as error:
        raise UnsavedEdits(error.message, cure="kanban sync --include-edits", where=error.where) from error


def _is_ours_alone(repo: Repository, here: str, there: str) -> bool:
    """Whether what is checked out grew from the branch, and no other branch has any of it."""
    more = repo.rev_list([here], [there])
    return not more or (repo.merge_base(here, there) is not None and _of_nobody(repo, here) == set(more))


def _of_nobody(repo: Repository, here: str) -> set[str]:
    """The commits that no branch and no tag has, here or at the others'."""
    return set(repo.git.read("rev-list", here, "--not", "--branches", "--remotes", "--tags").text.split())


def _kept(repo: Repository, here: str, name: str, *, dry_run: bool) -> tuple[str, ...]:
    """What was committed on top of another branch goes into none unasked: a branch of its own keeps it."""
    if not _of_nobody(repo, here):
        return ()
    if not dry_run:
        repo.git.run("branch", "--force", name, here)
    return (
        _("what was committed there stands on another branch’s work; the branch {name} keeps it").format(name=name),
    )


def _came_along(repo: Repository, here: str, there: str) -> tuple[str, ...]:
    count = len(repo.rev_list([here], [there]))
    text = ngettext("{count} change made meanwhile came along", "{count} changes made meanwhile came along", count)
    return (text.format(count=count),) if count else ()


def _together(
    session: Session, here: str, there: str, answers: dict[str, Answer], ask: Ask | None
) -> tuple[str, tuple[str, ...]]:
    """The commit that holds what is checked out and what the branch has, and how cards were settled.

    It keeps what is checked out among its parents, so that whoever is stopped here and begins again does it once.
    """
    repo: Repository = session.repository
    if repo.is_ancestor(there, here):
        return here, ()
    if repo.is_ancestor(here, there):
        return there, ()
    settling = Settling(session, repo.merge_base(here, there), here, there, answers)
    return settling.decided(ask, _("the branch"), by_merge=True), tuple(settling.told)
