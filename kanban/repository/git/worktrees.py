"""Another checkout of a branch, in a folder of its own: what `git worktree` makes and takes away."""

import os
from pathlib import Path

from git import GitCommandError, Repo

from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.repository.git.repository import Repository


def add_worktree(top: Path, branch: str, folder: Path, commit: str) -> None:
    """A new branch from `commit`, checked out in `folder`. Raises KanbanError with what git said."""
    _worktree(top, "add", "-q", "-b", branch, str(folder), commit)


def remove_worktree(top: Path, folder: Path) -> None:
    """Take the folder away, whatever is in it; the branch stays. Raises KanbanError with what git said."""
    _worktree(top, "remove", "--force", str(folder))


def folder_of_branch(repo: Repository, branch: str) -> str | None:
    """The folder in which a branch (full name) is checked out; None when it is in none."""
    folder = ""
    listed = repo.git.read("worktree", "list", "--porcelain", "-z").out
    for line in os.fsdecode(listed).split("\0"):
        folder = line.removeprefix("worktree ") if line.startswith("worktree ") else folder
        if line == f"branch {branch}":
            return folder
    return None


def _worktree(top: Path, *words: str) -> None:
    try:
        Repo(top).git.worktree(*words)
    except GitCommandError as error:
        raise KanbanError(_("git refused: {reason}").format(reason=str(error.stderr).strip())) from error
