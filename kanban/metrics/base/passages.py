"""Passage: what became of one card after it first entered a column: it went on, it left the board, or it is undecided.

It *went on* when, after that entry, it stood in a later open column or was won; else it *left* when it stands in an
exit or its file was deleted; else it is *open*. Each card passes a column at most once. A card *reached* a column when
it first stood there or in a later open column or was won, and *passed* it when it came further than the column.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from kanban.metrics.base.incidence import HIT, OPEN, OTHER
from kanban.metrics.base.journeys import WON, Journey
from kanban.metrics.base.track import Track
from kanban.values import dataclass

_NOWHERE = -1


class Passage(NamedTuple):
    """One card through one column. `end` is `hit`, `other` or `open`; `decided` the day of that, None while open."""

    card: str
    entered: date
    end: str
    decided: date | None

    def days(self, as_of: date) -> int:
        """From the entry to the decision, or to `as_of` while there is none, as a difference of dates."""
        return ((self.decided or as_of) - self.entered).days


Crossings = Counter[tuple[str, int, str, int]]
"""Column, the day (ordinal) of the entry, `end`, the day of the decision (0 while open) → how many passages."""
Reached = Counter[tuple[str, int, bool]]
"""Column, the day (ordinal) on which cards reached it, whether they came further → how many cards."""


@dataclass(frozen=True)
class Passages:
    """Per open column: the passages, and of the cards that reached it the day and whether they came further."""

    through: Mapping[str, tuple[Passage, ...]]
    reached: Mapping[str, tuple[tuple[date, bool], ...]]


def passages(found: Iterable[Journey], track: Track) -> Passages:
    """The passages of all journeys through all open columns."""
    through: dict[str, list[Passage]] = {column: [] for column in track.open_columns}
    reached: dict[str, list[tuple[date, bool]]] = {column: [] for column in track.open_columns}
    heights = _heights(track)
    for journey in found:
        climb = [heights[stay.column] for stay in journey.stays]
        seen: set[str] = set()
        for at, stay in enumerate(journey.stays):
            if stay.column in through and stay.column not in seen:
                seen.add(stay.column)
                through[stay.column].append(_passage(journey, at, climb))
        _add_reached(journey, climb, track.open_columns, reached)
    return Passages(
        {column: tuple(those) for column, those in through.items()},
        {column: tuple(those) for column, those in reached.items()},
    )


def crossings_of(found: Passages) -> Crossings:
    """The passages without their cards."""
    return Counter(
        (column, one.entered.toordinal(), one.end, one.decided.toordinal() if one.decided else 0)
        for column, those in found.through.items()
        for one in those
    )


def decided_by_column(found: Crossings) -> dict[str, list[tuple[int, bool, int]]]:
    """Column → on which day (ordinal) cards were decided, whether they went on, how many."""
    decided: dict[str, list[tuple[int, bool, int]]] = {}
    for (column, _entered, end, day), count in found.items():
        if day:
            decided.setdefault(column, []).append((day, end == HIT, count))
    return decided


def arrivals_of(found: Passages) -> Reached:
    """The cards that reached each column."""
    return Counter(
        (column, day.toordinal(), further) for column, those in found.reached.items() for day, further in those
    )


def _heights(track: Track) -> dict[str, int]:
    """Column → how far it is: open columns by rank, won further than all, other exits nowhere."""
    top = len(track.open_columns)
    heights = {key: top if kind == WON else _NOWHERE for key, kind in track.kinds.items()}
    return heights | {key: track.ranks[key] for key in track.open_columns}


def _passage(journey: Journey, at: int, climb: list[int]) -> Passage:
    height, entered = climb[at], journey.stays[at].since
    for later in range(at + 1, len(climb)):
        if climb[later] > height:
            return Passage(journey.card, entered, HIT, journey.stays[later].since)
    return Passage(journey.card, entered, OPEN if journey.ended is None else OTHER, journey.ended)


def _add_reached(
    journey: Journey, climb: list[int], columns: tuple[str, ...], reached: dict[str, list[tuple[date, bool]]]
) -> None:
    top, highest, last = max(climb), _NOWHERE, len(columns) - 1
    for stay, height in zip(journey.stays, climb, strict=True):
        if height > highest:
            for rank in range(highest + 1, min(height, last) + 1):
                reached[columns[rank]].append((stay.since, top > rank))
            highest = height
