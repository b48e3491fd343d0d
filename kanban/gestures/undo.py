"""A gesture taken back: which one it is among the commits of a branch, and the changes that lead back."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from posixpath import basename
from typing import Generic, NamedTuple, TypeVar

from kanban.gestures.base.change import Edit, PathChange

State = TypeVar("State")


class Commit(NamedTuple):
    """A commit as it tells of itself: id, author's address, subject, trailers, which commit it says it reverts, day."""

    id: str
    author: str
    subject: str
    trailers: tuple[tuple[str, str], ...]
    reverts: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A gesture that was committed: the commit's id, verb (`move`, `set`, …), subject, cards not taken back, day.

    `partial`: the commit did something to further cards, which stays.
    """

    commit: str
    verb: str
    subject: str
    cards: tuple[str, ...]
    day: date | None = None
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Difference(Generic[State]):
    """What a commit did at a path: equal states stand for equal contents; None: not there."""

    path: str
    before: State | None
    after: State | None


def made_by(commits: Iterable[Commit], author: str) -> Iterator[Made]:
    """The author's gestures that are no undo and have not been undone, of `commits` newest first.

    One of several cards may have been taken back for some of them: it is still there for the others.
    """
    undone: dict[str, set[str]] = {}
    for commit in commits:
        found = dict(commit.trailers)
        cards = tuple(dict.fromkeys(value for key, value in commit.trailers if key == "Card"))
        if back := found.get("Undoes", commit.reverts):
            undone.setdefault(back, set()).update(cards if "Undoes" in found and cards else ("",))
        elif "Kanban" in found and author and commit.author == author:
            gone = undone.get(commit.id, set())
            left = tuple(card for card in cards if card not in gone)
            if "" not in gone and (left or not cards):
                yield Made(commit.id, found["Kanban"], commit.subject, left, commit.day, partial=left != cards)


def last_made(commits: Iterable[Commit], author: str, card: str = "") -> Made | None:
    """The newest of them, about `card` and taken back for it alone if one is named; None when there is none."""
    for made in made_by(commits, author):
        if not card:
            return made
        if card in made.cards:
            return replace(made, cards=(card,), partial=made.partial or made.cards != (card,))
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
