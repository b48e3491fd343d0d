"""A small board in a real repository, and what a write of it must leave alone."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kanban.gestures.base.change import PathChange
from kanban.repository.git.repository import Repository
from kanban.repository.write.message import commit_message
from kanban.repository.write.publication import Publication, Published
from kanban.repository.write.writing import publish
from tests.conftest import GitFolder

CARD = "---\naccount: ACME SAS\nowner: Zoé\n---\n\nNotes.\n"
OLD = "board/prospects/acme.md"
NEW = "board/qualifies/acme.md"
MOVE = PathChange.moved(OLD, NEW)


def own_by(name: str) -> Callable[[bytes], bytes]:
    """An edit of one line, as a splice of a field makes it."""
    return lambda data: data.replace("owner: Zoé".encode(), f"owner: {name}".encode())


def board(folder: GitFolder) -> GitFolder:
    """Two columns, two cards, one commit. Nothing waits for the disk here: the tests of durability ask for it."""
    folder.git("config", "core.fsync", "none")
    folder.write("board/board.yml", "title: Pipeline\n")
    folder.write(OLD, CARD)
    folder.write("board/prospects/beta.md", CARD.replace("ACME", "Beta"))
    for column in ("prospects", "qualifies"):
        folder.write(f"board/{column}/README.md", f"# {column}\n")
    folder.commit("start")
    return folder


def write(folder: GitFolder | Path, *changes: PathChange, **options: Any) -> Published:
    """Publish changes under a plain message."""
    root = folder if isinstance(folder, Path) else folder.root
    publication = Publication(changes, commit_message("move acme", "", [("Kanban", "move")]))
    return publish(Repository.find(root), lambda: publication, **options)


def committed(folder: GitFolder, revision: str = "HEAD") -> list[str]:
    """Letters and paths of a commit, renames not guessed."""
    return folder.git("show", "--name-status", "--no-renames", "--format=", revision).split("\n")[:-1]


@dataclass(frozen=True)
class Picture:
    """All there is: HEAD, index, every file's bytes, and git's and our own left-overs."""

    head: str
    index: str
    files: dict[str, bytes]
    leftovers: tuple[str, ...]


def picture(folder: GitFolder) -> Picture:
    """Take it."""
    files = {}
    for path in sorted(folder.root.rglob("*")):
        if ".git" not in path.relative_to(folder.root).parts and not path.is_dir():
            name = path.relative_to(folder.root).as_posix()
            files[name] = os.readlink(path).encode() if path.is_symlink() else path.read_bytes()
    git_dir = folder.root / ".git"
    leftovers = [path.name for path in git_dir.rglob("*.lock")]
    leftovers += [path.name for path in (git_dir / "kanban").glob("*") if path.name != "lock"]
    return Picture(
        folder.git("rev-parse", "--verify", "-q", "HEAD", check=False),
        folder.git("ls-files", "--stage", "-v"),
        files,
        tuple(sorted(leftovers)),
    )


def assert_sound(folder: GitFolder, name: str = "acme.md") -> None:
    """One copy of the card, the same in HEAD, index and on disk; nothing broken, no lock left behind."""
    for listing in (folder.git("ls-tree", "-r", "--name-only", "HEAD"), folder.git("ls-files")):
        assert [line for line in listing.split("\n") if line.endswith(name)] == [
            path.relative_to(folder.root).as_posix() for path in (folder.root / "board").rglob(name)
        ], listing
    assert folder.git("status", "--porcelain") == ""
    assert folder.git("fsck", "--strict", "--no-dangling") == ""
    assert picture(folder).leftovers == ()
