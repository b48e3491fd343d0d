"""Hazards: the chance per day that a card moves on, leaves, or goes back, by column and by days it has stood there.

Counted from every card's walk over the last year: a card that is still open has stood its days without moving, which
is evidence too (this is what keeps slow losses from flattering the rates). Days in a column fall into six bins. A bin
with few days is drawn to its column's mean, a column with few to the board's, each as if 20 days at that mean had been
seen.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from kanban.forecast.models.walks import Walk
from kanban.metrics.base.journeys import WON
from kanban.metrics.base.track import Track

BINS = (0, 4, 8, 15, 31, 61)
"""First day in the column of each bin: 0–3, 4–7, 8–14, 15–30, 31–60, 61 and more."""

_ENDS = (*BINS[1:], 1_000_000)

PSEUDO_DAYS = 20.0
FORWARD, LEAVE, BACK = "forward", "leave", "back"
_CAUSES = (FORWARD, LEAVE, BACK)
_MOST_A_DAY = 0.95


@dataclass(frozen=True)
class Hazards:
    """Chances per day. `rates[cause][column][bin]`; `ahead[column]` and `behind[column]` share out where a card goes.

    Columns are ranks in pull order; the rank after the last open column stands for *won*. `entries` shares out where
    cards come on the board, won at once included; `entered` of them in `watched` days.
    """

    columns: tuple[str, ...]
    rates: Mapping[str, tuple[tuple[float, ...], ...]]
    ahead: tuple[Mapping[int, float], ...]
    behind: tuple[Mapping[int, float], ...]
    entries: Mapping[int, float]
    entered: int
    watched: int

    @property
    def won(self) -> int:
        """The rank that stands for won."""
        return len(self.columns)


def bin_of(days: int) -> int:
    """The bin of so many days in the column."""
    return bisect_right(BINS, days) - 1


ARRIVAL_DAYS = 91
"""The days over which arrivals are counted: 13 weeks, or fewer on a younger board."""

DAYS_KEPT = 364
"""The days whose moves and stands are counted: a year. A team changes; what it did before says less of it."""


def fit(walks: Iterable[Walk], track: Track, as_of: date, watched: int) -> Hazards:
    """The hazards seen up to `as_of` on a board watched for `watched` days."""
    tally = _Tally(track, as_of)
    for walk in walks:
        tally.add(walk)
    size = len(track.open_columns)
    rates = {cause: tally.rates(cause, size) for cause in _CAUSES}
    for column in range(size):
        _keep_possible(rates, column)
    entries = tally.entries
    whole = sum(entries.values())
    return Hazards(
        track.open_columns,
        {cause: tuple(tuple(row) for row in rows) for cause, rows in rates.items()},
        tuple(_shares(tally.moves, FORWARD, column, column + 1) for column in range(size)),
        tuple(_shares(tally.moves, BACK, column, max(0, column - 1)) for column in range(size)),
        {rank: count / whole for rank, count in sorted(entries.items())} if whole else {0: 1.0},
        tally.recent,
        min(watched, ARRIVAL_DAYS),
    )


def _shares(moves: Mapping[tuple[str, int, int], int], cause: str, column: int, usual: int) -> Mapping[int, float]:
    """Where cards go from a column, with one imagined move to the usual place."""
    found = {to: float(count) for (why, at, to), count in sorted(moves.items()) if (why, at) == (cause, column)}
    found[usual] = found.get(usual, 0.0) + 1.0
    whole = sum(found.values())
    return {to: count / whole for to, count in found.items()}


def _keep_possible(rates: Mapping[str, list[list[float]]], column: int) -> None:
    """No card goes back from the first column, and the chances of one day stay below 1."""
    if column == 0:
        rates[BACK][0] = [0.0] * len(BINS)
    for at in range(len(BINS)):
        total = sum(rates[cause][column][at] for cause in _CAUSES)
        if total > _MOST_A_DAY:
            for cause in _CAUSES:
                rates[cause][column][at] *= _MOST_A_DAY / total


class _Tally:
    """Days stood and moves made, counted walk by walk."""

    def __init__(self, track: Track, as_of: date) -> None:
        self._ranks = {column: rank for rank, column in enumerate(track.open_columns)}
        self._track, self._as_of = track, as_of
        self._since = as_of - timedelta(days=DAYS_KEPT)
        self._days: Counter[tuple[int, int]] = Counter()
        self._ends: Counter[tuple[str, int, int]] = Counter()
        self.moves: Counter[tuple[str, int, int]] = Counter()
        self.entries: Counter[int] = Counter()
        self.recent = 0

    def add(self, walk: Walk) -> None:
        """One card."""
        outside = True
        for step, after in pairwise((*walk.steps, None)):
            if step is None:
                continue
            rank = self._ranks.get(step.column)
            if rank is None:
                won = outside and step is walk.steps[0] and self._track.kinds.get(step.column) == WON
                if won:
                    self._enter(len(self._ranks), step.since)
                outside = True
                continue
            if outside:
                self._enter(rank, step.since)
            outside = False
            last = after.since if after else self._as_of
            if last > self._since:
                self._stand(rank, max(0, (self._since - step.since).days), (last - step.since).days)
            if after is not None and last > self._since:
                self._leave(rank, after.column, (after.since - step.since).days - 1)

    def _enter(self, rank: int, day: date) -> None:
        self.entries[rank] += 1
        self.recent += (self._as_of - day).days < ARRIVAL_DAYS

    def _stand(self, rank: int, first: int, days: int) -> None:
        """Days stood from the age of `first` days up to that of `days`."""
        for at in range(bin_of(first), bin_of(days) + 1):
            self._days[rank, at] += min(days, _ENDS[at]) - max(first, BINS[at])

    def _leave(self, rank: int, column: str, age: int) -> None:
        target = self._ranks.get(column)
        if target is None and self._track.kinds.get(column) == WON:
            target = len(self._ranks)
        cause = LEAVE if target is None else FORWARD if target > rank else BACK
        self._ends[cause, rank, bin_of(age)] += 1
        if target is not None:
            self.moves[cause, rank, target] += 1

    def rates(self, cause: str, size: int) -> list[list[float]]:
        """Chances per day of one cause, by column and bin, drawn to the means where days are few."""
        days = sum(self._days.values())
        ends = sum(count for (why, _rank, _bin), count in self._ends.items() if why == cause)
        board = (ends + 1e-3) / (days + 1.0)
        rows = []
        for rank in range(size):
            stood = [self._days[rank, at] for at in range(len(BINS))]
            ended = [self._ends[cause, rank, at] for at in range(len(BINS))]
            column = (sum(ended) + PSEUDO_DAYS * board) / (sum(stood) + PSEUDO_DAYS)
            rows.append(
                [(end + PSEUDO_DAYS * column) / (day + PSEUDO_DAYS) for end, day in zip(ended, stood, strict=True)]
            )
        return rows
