"""A gesture taken back: which one it is among the commits of a branch, and the changes that lead back."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from posixpath import basename
from typing import Generic, NamedTuple, TypeVar

from kanban.gestures.change import Edit, PathChange

State = TypeVar("State")


class Commit(NamedTuple):
    """A commit as it tells of itself: id, author's address, subject, trailers, and which commit it says it reverts."""

    id: str
    author: str
    subject: str
    trailers: tuple[tuple[str, str], ...]
    reverts: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A gesture that was committed: the commit's id, verb (`move`, `set`, …), subject and cards."""

    commit: str
    verb: str
    subject: str
    cards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference(Generic[State]):
    """What a commit did at a path: equal states stand for equal contents; None: not there."""

    path: str
    before: State | None
    after: State | None


def last_made(commits: Iterable[Commit], author: str) -> Made | None:
    """The author's last gesture that is not an undo and has not been undone, of `commits` newest first."""
    undone: set[str] = set()
    for commit in commits:
        found = dict(commit.trailers)
        if back := found.get("Undoes", commit.reverts):
            undone.add(back)
        elif "Kanban" in found and commit.id not in undone and author and commit.author == author:
            cards = tuple(value for key, value in commit.trailers if key == "Card")
            return Made(commit.id, found["Kanban"], commit.subject, cards)
    return None


def way_back(differences: Iterable[Difference[State]], content: Callable[[str, State], bytes]) -> Iterator[PathChange]:
    """The changes that lead back; a file that changed its place goes back as a move, edited or not.

    `content` gives the bytes of a state as they stand on disk at a path.
    """
    told = tuple(differences)
    appeared = {item.path: item.after for item in told if item.before is None and item.after is not None}
    for item in told:
        if item.before is None:
            continue
        if item.after is not None:
            yield PathChange.edited(item.path, _becoming(content(item.path, item.before)))
            continue
        partner = _partner(item, appeared)
        if partner is None:
            yield PathChange.created(item.path, content(item.path, item.before))
        elif appeared.pop(partner) == item.before:
            yield PathChange.moved(partner, item.path)
        else:
            yield PathChange.moved(partner, item.path, _becoming(content(item.path, item.before)))
    for path in appeared:
        yield PathChange.removed(path)


def _partner(item: Difference[State], appeared: Mapping[str, State]) -> str | None:
    """Where a file went that disappeared from its path: the same content, else the same file name."""
    same = (path for path, state in appeared.items() if state == item.before)
    named = (path for path in appeared if basename(path) == basename(item.path))
    return next(same, None) or next(named, None)


def _becoming(data: bytes) -> Edit:
    return lambda _now: data
