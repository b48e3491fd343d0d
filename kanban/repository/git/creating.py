"""Makes a folder a repository, when the user agrees to it."""

from __future__ import annotations

from pathlib import Path

import git

from kanban.repository.git.command import GitCommand
from kanban.repository.git.repository import Repository


def create_bare(folder: Path) -> Repository:
    """A bare repository at `folder`, which is made, without anybody's templates."""
    folder.mkdir(parents=True, exist_ok=True)
    GitCommand(folder).run("init", "--quiet", "--bare", "--template=")
    return Repository.find(folder)


def create_repository(folder: Path) -> Repository:
    """`git init` in `folder`, which exists; the branch is the user's `init.defaultBranch`."""
    git.Repo.init(folder, expand_vars=False).close()
    return Repository.find(folder)
