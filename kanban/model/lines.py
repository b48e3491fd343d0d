"""Sorts the changes of commits by card: each card's line of steps, and whether the line speaks for itself.

A step is what one commit did to one card. Most lines can be read straight off: each step starts where the one before
ended, times do not run backwards, and the last one ends where the card stands now. A line that cannot (work on two
branches, a merge that changed something, two copies of a card, a clock that was wrong) is *contested* and is settled by
`kanban.model.settling`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kanban.model.commits import Change, Commit
from kanban.model.layout import Layout


class Step(NamedTuple):
    """What one commit (by its index) did to one card: a file gone, a file come, or both (`""`: none).

    `changes` is set only when a single pair cannot say it (several copies of the card were touched).
    """

    commit: int
    old_path: str
    old_blob: str
    path: str
    blob: str
    changes: tuple[Change, ...] = ()

    def all_changes(self) -> tuple[Change, ...]:
        """The step as file changes."""
        if self.changes:
            return self.changes
        if self.old_path == self.path:
            return (Change(self.path, self.old_blob, self.blob),)
        gone = (Change(self.old_path, self.old_blob, ""),) if self.old_path else ()
        come = (Change(self.path, "", self.blob),) if self.path else ()
        return gone + come


class Line:
    """The steps of one card in topological order, and where they have led so far."""

    __slots__ = ("column", "contested", "steps", "tied", "time")

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.column: str | None = None
        self.time = -(1 << 62)
        self.contested = False
        self.tied = False


class Lines:
    """All cards' lines, fed with commits from the oldest to the newest (parents before children).

    `formerly` maps the ids cards had before to those they have now. An old id that is in use again (`present` names the
    cards there are now, with their column) is the renamed card's only until the commit in which that card appeared.
    """

    def __init__(self, layout: Layout, formerly: Mapping[str, str], present: Mapping[str, str]) -> None:
        self.layout = layout
        self.present = present
        self.commits: list[Commit] = []
        self.index: dict[str, int] = {}
        self.by_card: dict[str, Line] = {}
        self.merged: dict[int, dict[str, list[Change]]] = {}
        self.has_merges = False
        self._places: dict[str, tuple[str, str] | None] = {}
        self._formerly = dict(formerly)
        self._ending = {new: old for old, new in formerly.items() if old in present}

    def place(self, path: str) -> tuple[str, str] | None:
        """The column and the current card id of a path, or None."""
        try:
            return self._places[path]
        except KeyError:
            place = self.layout.place(path)
            if place is not None and place[1] in self._formerly:
                place = (place[0], self._current_id(place[1]))
            self._places[path] = place
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
        merge = len(commit.parents) > 1
        self.has_merges = self.has_merges or merge
        if not commit.changes:
            return
        touched = self._by_card(commit.changes)
        if merge:
            self._add_merge(number, touched)
        else:
            for card, changes in touched.items():
                self._add_step(number, commit.authored, card, changes)
        if self._ending:
            self._end_old_names(commit.changes)

    def _by_card(self, changes: Iterable[Change]) -> dict[str, list[Change]]:
        touched: dict[str, list[Change]] = {}
        for change in changes:
            place = self.place(change.path)
            if place is not None:
                touched.setdefault(place[1], []).append(change)
        return touched

    def _add_merge(self, number: int, touched: dict[str, list[Change]]) -> None:
        if touched:
            self.merged[number] = touched
        for card in touched:
            self._line(card).contested = True

    def _add_step(self, number: int, time: int, card: str, changes: list[Change]) -> None:
        line = self._line(card)
        step = _step(number, changes)
        line.steps.append(step)
        if line.contested:
            return
        place = self.place(step.old_path) if step.old_path else None
        if step.changes or time < line.time or (place[0] if place else None) != line.column:
            line.contested = True
            return
        line.tied = line.tied or time == line.time
        line.time = time
        place = self.place(step.path) if step.path else None
        line.column = place[0] if place else None

    def _line(self, card: str) -> Line:
        line = self.by_card.get(card)
        if line is None:
            line = self.by_card[card] = Line()
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
        return {
            card
            for card, line in self.by_card.items()
            if line.contested or (line.tied and self.has_merges) or line.column != self.present.get(card)
        }


def _step(number: int, changes: list[Change]) -> Step:
    if len(changes) == 1:
        path, before, after = changes[0]
        if not before:
            return Step(number, "", "", path, after)
        return Step(number, path, before, path if after else "", after)
    if len(changes) == 2:
        gone, come = sorted(changes, key=lambda change: bool(change.after))
        if gone.before and not gone.after and come.after and not come.before:
            return Step(number, gone.path, gone.before, come.path, come.after)
    return Step(number, "", "", "", "", tuple(sorted(changes)))
