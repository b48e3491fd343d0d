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


def trust_folder(folder: Path) -> None:
    """Have git read a repository here although another user owns it (`safe.directory`, in the user's own settings)."""
    GitCommand(Path.home()).run("config", "--global", "--add", "safe.directory", str(folder.resolve()))


def begin(folder: Path, prefix: str, message: str) -> bool:
    """The first commit: all that lies in a folder and is not ignored; False where there has been one."""
    repository = Repository.find(folder)
    if repository.head() is not None:
        return False
    repository.git.run("add", "--", f":(top,literal){prefix}" if prefix else ":/")
    repository.git.run("commit", "--quiet", "--message", message)
    return True


def create_repository(folder: Path) -> Repository:
    """`git init` in `folder`, which exists; the branch is the user's `init.defaultBranch`."""
    git.Repo.init(folder, expand_vars=False).close()
    return Repository.find(folder)
