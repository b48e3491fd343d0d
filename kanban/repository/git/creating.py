"""Makes a folder a repository, when the user agrees to it."""

from __future__ import annotations

from pathlib import Path

from kanban.repository.git.command import GitCommand
from kanban.repository.git.repository import Repository


def create_repository(folder: Path) -> Repository:
    """`git init` in `folder`, which exists; the branch is the user's `init.defaultBranch`."""
    GitCommand(folder).run("init", "--quiet")
    return Repository.find(folder)
