"""Sorts the changes of commits by card: each card's line of steps, and whether the line speaks for itself.

A step is what one commit did to one card. Most lines can be read straight off: each step starts where the one before
ended, times do not run backwards, and the last one ends where the card stands now. A line that cannot (work on two
branches, a merge that changed something, two copies of a card, a clock that was wrong) is *contested* and is settled by
`kanban.model.history.merged_moves`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from sys import intern
from typing import NamedTuple
from weakref import ref

from kanban.model.cards.layout import Layout
from kanban.model.history.commits import Change, Commit
from kanban.model.history.entries import Entry
from kanban.model.history.hand_renames import renamed_in

Place = tuple[str, str]
"""A column key and a card id."""


class _Places(dict[str, Place | None]):
    """Places by path, each worked out once.

    The lines own it and it does not own them: in a circle all commits would stay in memory until one is looked for.
    """

    def __init__(self, lines: Lines) -> None:
        self._lines = ref(lines)

    def __missing__(self, path: str) -> Place | None:
        lines = self._lines()
        place = self[path] = lines.looked_up(path) if lines is not None else None
        return place


class Step(NamedTuple):
    """What one commit (by its number) did to one card: its file changes, and the entry if one can say it all."""

    commit: int
    changes: tuple[Change, ...]
    entry: Entry | None


class Line:
    """The steps of one card in topological order, and where they have led so far."""

    __slots__ = ("column", "contested", "rank", "steps", "time")

    def __init__(self, column: str | None = None, time: int = -(1 << 62), rank: float = -1) -> None:
        self.steps: list[Step] = []
        self.column = column
        self.time = time
        self.rank = rank
        self.contested = False


class Lines:
    """All cards' lines, fed with commits from the oldest to the newest (parents before children).

    `formerly` maps the ids cards had before to those they have now. An old id that is in use again (`present` names the
    cards there are now, with their column) is the renamed card's only until the commit in which that card appeared.
    `renaming` says that a commit renamed a file without changing it.
    When lines are continued, `ranks` holds the ranks of commits known already and `begun` gives a card's line so far.
    """

    def __init__(
        self,
        layout: Layout,
        formerly: Mapping[str, str],
        present: Mapping[str, str],
        ranks: Mapping[str, int] | None = None,
        begun: Callable[[str], Line] = lambda card: Line(),
    ) -> None:
        self.layout = layout
        self.present = present
        self.commits: list[Commit] = []
        self.index: dict[str, int] = {}
        self.ranks: list[int] = []
        self.by_card: dict[str, Line] = {}
        self.merged: dict[int, dict[str, tuple[Change, ...]]] = {}
        self._before: Mapping[str, int] = {} if ranks is None else ranks
        self._begun = begun
        self._places = _Places(self)
        self._formerly = dict(formerly)
        self._ending = {new: old for old, new in formerly.items() if old in present}
        self.renaming = False

    def place(self, path: str) -> Place | None:
        """The column and the current card id of a path, or None."""
        return self._places[path]

    def looked_up(self, path: str) -> Place | None:
        """The same, found anew."""
        place = self.layout.place(path)
        if place is not None:
            card = self._current_id(place[1]) if place[1] in self._formerly else place[1]
            place = (place[0], intern(card))  # a card stands at several paths, one after the other
        return place

    def _current_id(self, card: str) -> str:
        seen = {card}
        while (newer := self._formerly.get(card)) is not None and newer not in seen:
            seen.add(newer)
            card = newer
        return card

    def add(self, commit: Commit) -> None:
        """Take in the next commit."""
        number = len(self.commits)
        self.commits.append(commit)
        self.index[commit.id] = number
        parents, changes = commit.parents, commit.changes
        if len(parents) == 1:
            parent = self.index.get(parents[0])
            rank = self.ranks[parent] + 1 if parent is not None else self._before.get(parents[0], -1) + 1
        else:
            rank = max((self.rank_of(parent) for parent in parents), default=-1) + 1
        self.ranks.append(rank)
        if not changes:
            return
        if len(parents) > 1:
            self._add_merge(number, changes)
        else:
            self._add_steps(number, commit, changes)
        if self._ending:
            self._end_old_names(changes)

    def rank_of(self, commit: str) -> int:
        """The length of the longest way back from a commit; -1 for one outside of what is known."""
        number = self.index.get(commit)
        return self._before.get(commit, -1) if number is None else self.ranks[number]

    def ranks_taken(self) -> dict[str, int]:
        """The rank of every commit. They take the place of the commits' numbers, by which nobody can ask any more:

        a second table of all commits would be the most that is ever in memory.
        """
        index, ranks = self.index, self.ranks
        for commit, number in index.items():
            index[commit] = ranks[number]
        self.index = {}
        return index

    def _add_steps(self, number: int, commit: Commit, changes: tuple[Change, ...]) -> None:
        first = self._places[changes[0].path]
        second = self._places[changes[1].path] if len(changes) == 2 else first
        if len(changes) <= 2 and first is not None and second is not None and first[1] == second[1]:
            self._add_step(number, commit, first[1], changes)
            return
        by_card = self._by_card(changes)
        if len(by_card) > 1 and not self.renaming:
            self.renaming = any(renamed_in(changes, self.layout))
        for card, touched in by_card.items():
            self._add_step(number, commit, card, touched)

    def _add_merge(self, number: int, changes: tuple[Change, ...]) -> None:
        """What a merge did to a card cannot be told from its changes alone."""
        touched = self._by_card(changes)
        if touched:
            self.merged[number] = touched
        for card in touched:
            self.line(card).contested = True

    def _by_card(self, changes: tuple[Change, ...]) -> dict[str, tuple[Change, ...]]:
        touched: dict[str, list[Change]] = {}
        for change in changes:
            place = self._places[change.path]
            if place is not None:
                touched.setdefault(place[1], []).append(change)
        return {card: tuple(found) for card, found in touched.items()}

    def _add_step(self, number: int, commit: Commit, card: str, changes: tuple[Change, ...]) -> None:
        line = self.by_card.get(card) or self.line(card)
        rank = self.ranks[number]
        entry = self._entry(commit, rank, card, changes)
        line.steps.append(Step(number, changes, entry))
        time = commit.authored
        if (
            entry is None
            or entry.from_column != line.column
            or time < line.time
            or (time == line.time and rank <= line.rank)
        ):
            line.contested = True
        else:
            line.time, line.rank, line.column = time, rank, entry.to_column

    def _entry(self, commit: Commit, rank: int, card: str, changes: tuple[Change, ...]) -> Entry | None:
        """The entry for one file gone, come or changed, or one gone and one come; None for anything more."""
        name, _parents, authored, committed, author = commit[:5]
        if len(changes) == 1:
            path, before, after = changes[0]
            place = self._places[path]
            column = place[0] if place else None
            old, new = (column if before else None), (column if after else None)
            kind = ("edited" if after else "removed") if before else "created"
            text = after or before
            return Entry(authored, rank, name, card, kind, old, new, authored, committed, author, path, text)
        if len(changes) != 2:
            return None
        gone, come = changes if changes[0].before else (changes[1], changes[0])
        if gone.after or come.before or not gone.before or not come.after:
            return None
        old_place, new_place = self._places[gone.path], self._places[come.path]
        old, new = old_place[0] if old_place else None, new_place[0] if new_place else None
        kind, edited = ("edited", False) if old == new else ("moved", gone.before != come.after)
        return Entry(
            authored, rank, name, card, kind, old, new, authored, committed, author, come.path, come.after, edited
        )

    def line(self, card: str) -> Line:
        """The line of a card, begun when there is none."""
        line = self.by_card.get(card)
        if line is None:
            line = self.by_card[card] = self._begun(card)
        return line

    def _end_old_names(self, changes: Iterable[Change]) -> None:
        for change in changes:
            place = self.layout.place(change.path)
            old = self._ending.get(place[1]) if place and not change.before else None
            if place and old is not None:
                del self._ending[place[1]], self._formerly[old]
                self._places.clear()

    def contested(self) -> set[str]:
        """The cards whose line must be settled. Ask after the last commit."""
        return {card for card, line in self.by_card.items() if line.contested or line.column != self.present.get(card)}


def lines_of(
    commits: Iterable[Commit], layout: Layout, formerly: Mapping[str, str], present: Mapping[str, str]
) -> Lines:
    """The lines of all cards, from commits given from the oldest to the newest."""
    lines = Lines(layout, formerly, present)
    for commit in commits:
        lines.add(commit)
    return lines
