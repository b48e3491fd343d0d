"""What somebody renamed by hand: a card's file, the same content gone and come under another name, or a column.

That is one card, as if the new file said `formerly`. Where several files of one content went and came, those are paired
that are alone in their column; of the others nothing is guessed. A name that an earlier card had is that card's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kanban.model.cards.board import Board, plain
from kanban.model.cards.layout import CARD_SUFFIX, Layout
from kanban.model.history.commits import Change, Commit
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.settings.trusted import column_before
from kanban.patterns import pattern

if TYPE_CHECKING:
    from kanban.model.cards.card import Card

_PEOPLE = ("contact", "contact_email", "contact_phone")
_BULLET = pattern(r"[-*+•]\s")
Place = tuple[str, str]
"""A column key and a file stem."""

EMPTY = frozenset(
    {
        "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
        "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
    }
)
"""The ids of a file without content: it says nothing about whose it is."""


def renamed_in(changes: Iterable[Change], layout: Layout) -> Iterator[tuple[str, str]]:
    """Former and new stem of the files that one ordinary commit renamed without changing them."""
    gone: dict[str, list[Place]] = {}
    come: dict[str, list[Place]] = {}
    touched: dict[str, int] = {}
    for path, before, after in changes:
        place = layout.place(path)
        if place is not None:
            touched[place[1]] = touched.get(place[1], 0) + 1
            if not before or not after:
                (come if after else gone).setdefault(after or before, []).append(place)
    for blob in gone.keys() & come.keys() - EMPTY:
        old = [place for place in gone[blob] if touched[place[1]] == 1]
        new = [place for place in come[blob] if touched[place[1]] == 1]
        yield from _paired(old, new)


def rewritten_in(changes: Iterable[Change], layout: Layout) -> tuple[Change, Change] | None:
    """What a commit removed and what it added, where that is one card each: the one may have become the other.

    Whether it did, `is_same_deal` tells by what they say.
    """
    placed = [(change, place) for change in changes if (place := layout.place(change.path)) is not None]
    gone = [(change, place[1]) for change, place in placed if not change.after]
    come = [(change, place[1]) for change, place in placed if not change.before]
    stems = [place[1] for _change, place in placed]
    if len(gone) != 1 or len(come) != 1 or any(stems.count(one[0][1]) != 1 for one in (gone, come)):
        return None
    return gone[0][0], come[0][0]


def is_same_deal(old: Card, new: Card) -> bool:
    """Whether a card under another name is surely the same one, rewritten: the customer and the people are the same,
    every line that was written about it is still there, and there was more than the customer's name to tell it by."""
    if not (old.readable and new.readable and old.account) or plain(old.account) != plain(new.account):
        return False
    people = [plain(old.get(key)) for key in _PEOPLE]
    written = [line.strip() for line in old.body.splitlines() if line.strip() and not line.startswith("#")]
    kept = {line.strip() for line in new.body.splitlines()}
    if people != [plain(new.get(key)) for key in _PEOPLE] or not kept.issuperset(written):
        return False
    return any(people) or any(_BULLET.match(line) for line in written)


def renamed_between(base: Board, head: Board) -> dict[str, str]:
    """Former id → new id of the cards of two boards that got another name and kept their content."""
    left, came = head.differs_from(base)
    gone: dict[bytes, list[Place]] = {}
    come: dict[bytes, list[Place]] = {}
    for card in left:
        if head.find(card.id) is None and card.id not in head.renames and card.data:
            gone.setdefault(card.data, []).append((card.column, card.id))
    for card in came if gone else ():
        if base.find(card.id) is None and card.data:
            come.setdefault(card.data, []).append((card.column, card.id))
    return {old: new for data in gone.keys() & come.keys() for old, new in _paired(gone[data], come[data])}


def with_former_columns(base: Board, head: Board) -> BoardConfig:
    """The settings of `head`; a column that was given another key and folder says `formerly`, as if it stood there.

    As in the history: one key went, another one came, and the cards went along, here at least half of them. A column
    that was empty, and one whose cards went to several new ones, is told as taken away.
    """
    then, now = base.config, head.config
    known = {old.key for column in now.columns if (old := column_before(then, column)) is not None}
    gone = [column.key for column in then.columns if column.key not in known]
    new = {column.key for column in now.columns if column_before(then, column) is None}
    if not gone or not new:
        return now
    renames = {**renamed_between(base, head), **head.renames}
    former: dict[str, tuple[str, ...]] = {}
    for key in gone:
        cards = [renames.get(card.id, card.id) for card in base.in_column(key)]
        places = [found.column for card in cards if (found := head.find(card)) is not None]
        heirs = new.intersection(places)
        if len(heirs) == 1 and 2 * sum(place in heirs for place in places) >= len(cards):
            heir = heirs.pop()
            former[heir] = (*former.get(heir, ()), key)
    named = ((column, former.get(column.key, ())) for column in now.columns)
    columns = (replace(column, formerly=(*column.formerly, *old)) if old else column for column, old in named)
    return replace(now, columns=tuple(columns))


def _paired(old: list[Place], new: list[Place]) -> Iterator[tuple[str, str]]:
    if len(old) == len(new) == 1:
        yield old[0][1], new[0][1]
        return
    for column in {column for column, _stem in old}:
        left = [stem for key, stem in old if key == column]
        right = [stem for key, stem in new if key == column]
        if len(left) == len(right) == 1:
            yield left[0], right[0]


class HandRenames:
    """The renames in a line of commits, and under which name a file of any commit is known now."""

    def __init__(self, commits: Sequence[Commit], index: Mapping[str, int], layout: Layout) -> None:
        self._commits, self._index, self._layout = commits, index, layout
        self._by_source: dict[str, list[tuple[int, str]]] = {}
        self._later: dict[int, bytearray] = {}
        seen: set[str] = set()
        for number, commit in enumerate(commits):
            if len(commit.parents) < 2 and len(commit.changes) > 1:
                for old, new in renamed_in(commit.changes, layout):
                    if new not in seen or self._leads(new, old):
                        self._by_source.setdefault(old, []).append((number, new))
            for change in commit.changes:
                place = layout.place(change.path)
                if place is not None:
                    seen.add(place[1])

    @property
    def sources(self) -> frozenset[str]:
        """The names that cards had before."""
        return frozenset(self._by_source)

    def _leads(self, name: str, to: str) -> bool:
        """Whether the card that had `name` is the one that is called `to` now."""
        asked = set()
        while name != to and name in self._by_source and name not in asked:
            asked.add(name)
            name = self._by_source[name][-1][1]
        return name == to

    def path(self, number: int, path: str, *, before: bool) -> str:
        """A path at a commit (or just before it) with the name that its card has now."""
        place = self._layout.place(path)
        if place is None or place[1] not in self._by_source:
            return path
        name = self._now(place[1], number, before=before)
        return path if name == place[1] else f"{path.rpartition('/')[0]}/{name}{CARD_SUFFIX}"

    def _now(self, name: str, number: int, *, before: bool) -> str:
        for _times in range(len(self._commits)):
            for at, new in self._by_source.get(name, ()):
                if (at == number and before) or (at != number and not self._descends(number, at)):
                    name, number, before = new, at, False
                    break
            else:
                break
        return name

    def _descends(self, number: int, ancestor: int) -> bool:
        """Whether a commit comes after another one on its own line."""
        if number < ancestor:
            return False
        later = self._later.get(ancestor)
        if later is None:
            later = self._later[ancestor] = bytearray(len(self._commits))
            later[ancestor] = 1
            for at in range(ancestor + 1, len(self._commits)):
                parents = (self._index.get(parent) for parent in self._commits[at].parents)
                later[at] = any(parent is not None and later[parent] for parent in parents)
        return bool(later[number])

    def changes(self, number: int, parent: int | None, changes: Iterable[Change]) -> tuple[Change, ...]:
        """Changes between two commits with today's names; what only got another name is left out.

        `parent` is the number of the older one where it is not the commit's own only parent.
        """
        found: dict[str, tuple[str, str]] = {}
        for path, old, new in changes:
            if not old and not new:
                found.setdefault(self.path(number, path, before=False), ("", ""))
            if old:
                there = number if parent is None else parent
                here = self.path(there, path, before=parent is None)
                found[here] = (old, found.get(here, ("", ""))[1])
            if new:
                here = self.path(number, path, before=False)
                found[here] = (found.get(here, ("", ""))[0], new)
        return tuple(
            Change(path, old, new) for path, (old, new) in found.items() if old != new or (not old and not new)
        )

    def commits(self) -> Iterator[Commit]:
        """The commits with today's names."""
        for number, commit in enumerate(self._commits):
            changes = commit.changes
            if changes and any(self._concerns(change) for change in changes):
                yield commit._replace(changes=self.changes(number, None, changes))
            else:
                yield commit

    def _concerns(self, change: Change) -> bool:
        place = self._layout.place(change.path)
        return place is not None and place[1] in self._by_source
