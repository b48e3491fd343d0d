"""Commits as the history reader gets them: who, when, and which files differ from before."""

from typing import NamedTuple


class Change(NamedTuple):
    """One file that a commit changed: its path, its content's id before and after (`""`: absent)."""

    path: str
    before: str
    after: str


class Commit(NamedTuple):
    """One commit. Times are seconds since 1970 as recorded.

    `changes` are against the only parent (or nothing, for a first commit). A merge lists the paths that differ from all
    of its parents; what they were there must be asked for. `settings` are the changes of files named `board.yml`, in
    the same way; `undoes` is the commit that this one says it undoes, or `""`, `imported` whether it says that it tells
    what happened elsewhere, on its own day.
    """

    id: str
    parents: tuple[str, ...]
    authored: int
    committed: int
    author: str
    changes: tuple[Change, ...] = ()
    settings: tuple[Change, ...] = ()
    undoes: str = ""
    imported: bool = False
