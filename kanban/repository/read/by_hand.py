"""What stands in a folder and is not committed: changed, put there, moved or taken away by hand."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterator

from kanban.repository.git.filters import without_filters
from kanban.repository.git.repository import Repository
from kanban.values import dataclass


@dataclass(frozen=True, slots=True)
class ByHand:
    """A file that differs from what is committed: where it stood and where it stands, relative to the repository's top.

    `before` is "" for a new file, `now` for one that is gone; they differ for one that was moved.
    """

    before: str
    now: str


def changed_by_hand(repository: Repository, prefix: str, counts: Callable[[str], bool]) -> list[ByHand]:
    """Each file below `prefix` that `counts`, by its path from there; gone in one folder and new in another: moved.

    What is staged already is left out: whoever stages a file is about to commit it.
    """
    gone: dict[str, str] = {}
    new: list[str] = []
    found: list[ByHand] = []
    for letters, path in status(repository, prefix, untracked="all"):
        if not counts(path.removeprefix(prefix)):
            continue
        if letters == "??":
            new.append(path)
        elif letters == " D":
            gone[posixpath.basename(path)] = path
        elif letters == " M":
            found.append(ByHand(path, path))
    found += [ByHand(gone.pop(posixpath.basename(path), ""), path) for path in new]
    return sorted([*found, *(ByHand(path, "") for path in gone.values())], key=lambda one: one.now or one.before)


def status(repository: Repository, prefix: str, *, untracked: str) -> Iterator[tuple[str, str]]:
    """What git says of each file below `prefix` that is not as committed: its two letters, and the path.

    `untracked`: "all" names every new file, "normal" a new folder as one.
    """
    done = without_filters(repository.git).read(
        "status", "--porcelain", "-z", f"--untracked-files={untracked}", "--no-renames", "--", prefix or "."
    )
    for entry in os.fsdecode(done.out).split("\0"):
        if entry:
            yield entry[:2], entry[3:]
