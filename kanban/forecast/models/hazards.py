"""Hazards: the chance per day that a card moves on, leaves, or goes back, by column and by days it has stood there.

Counted from every card's walk over the last year: a card that is still open has stood its days without moving, which
is evidence too (this is what keeps slow losses from flattering the rates). Days in a column fall into six bins. A bin
with few days is drawn to its column's mean, a column with few to the board's, each as if 20 days at that mean had been
seen.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from kanban.forecast.models.walks import Step, Walk
from kanban.metrics.base.journeys import WON
from kanban.metrics.base.track import Track

BINS = (0, 4, 8, 15, 31, 61)
"""First day in the column of each bin: 0–3, 4–7, 8–14, 15–30, 31–60, 61 and more."""

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


@dataclass
class Seen:
    """What the year up to a day saw: days stood by column and bin, ends by cause, where they led; entries.

    Columns are ranks; the rank after the last open column stands for *won*.
    """

    days: Counter[tuple[int, int]] = field(default_factory=Counter)
    ends: Counter[tuple[str, int, int]] = field(default_factory=Counter)
    moves: Counter[tuple[str, int, int]] = field(default_factory=Counter)
    entries: Counter[int] = field(default_factory=Counter)
    recent: int = 0

    def hazards(self, columns: tuple[str, ...], watched: int) -> Hazards:
        """The hazards that follow, on a board watched for `watched` days."""
        size = len(columns)
        rates = {cause: self._rates(cause, size) for cause in _CAUSES}
        for column in range(size):
            _keep_possible(rates, column)
        whole = sum(self.entries.values())
        return Hazards(
            columns,
            {cause: tuple(tuple(row) for row in rows) for cause, rows in rates.items()},
            tuple(_shares(self.moves, FORWARD, column, column + 1) for column in range(size)),
            tuple(_shares(self.moves, BACK, column, max(0, column - 1)) for column in range(size)),
            {rank: count / whole for rank, count in sorted(self.entries.items()) if count} if whole else {0: 1.0},
            self.recent,
            min(watched, ARRIVAL_DAYS),
        )

    def _rates(self, cause: str, size: int) -> list[list[float]]:
        """Chances per day of one cause, by column and bin, drawn to the means where days are few."""
        days = sum(self.days.values())
        ends = sum(count for (why, _rank, _bin), count in self.ends.items() if why == cause)
        board = (ends + 1e-3) / (days + 1.0)
        rows = []
        for rank in range(size):
            stood = [self.days[rank, at] for at in range(len(BINS))]
            ended = [self.ends[cause, rank, at] for at in range(len(BINS))]
            column = (sum(ended) + PSEUDO_DAYS * board) / (sum(stood) + PSEUDO_DAYS)
            rows.append(
                [(end + PSEUDO_DAYS * column) / (day + PSEUDO_DAYS) for end, day in zip(ended, stood, strict=True)]
            )
        return rows


def fit(walks: Iterable[Walk], track: Track, as_of: date, watched: int) -> Hazards:
    """The hazards seen up to `as_of` on a board watched for `watched` days."""
    seen, since = Seen(), as_of - timedelta(days=DAYS_KEPT)
    for walk in walks:
        for visit in visits(walk, track):
            if visit.new:
                seen.entries[visit.rank] += 1
                seen.recent += (as_of - visit.since).days < ARRIVAL_DAYS
            last = visit.until or as_of
            if visit.rank == len(track.open_columns) or last <= since:
                continue
            for at, begin, end in spans(visit.since, last):
                seen.days[visit.rank, at] += max(0, (end - max(begin, since)).days)
            if visit.until:
                seen.ends[visit.cause, visit.rank, visit.bin] += 1
                if visit.target is not None:
                    seen.moves[visit.cause, visit.rank, visit.target] += 1
    return seen.hazards(track.open_columns, watched)


class Visit(NamedTuple):
    """A card stood in an open column from the end of one day to that of another (None: still), and why it left.

    `new`: it came on the board with this. A card that was won at once has a visit of the rank *won* and no length.
    """

    rank: int
    since: date
    until: date | None
    new: bool
    cause: str = ""
    target: int | None = None

    @property
    def bin(self) -> int:
        """The bin of the day on which it left."""
        return bin_of(((self.until or self.since) - self.since).days - 1)


def visits(walk: Walk, track: Track) -> Iterator[Visit]:
    """The visits of one card to open columns."""
    ranks, won, new = track.ranks, len(track.open_columns), True
    for at, step in enumerate(walk.steps):
        if track.is_open(step.column):
            after = walk.steps[at + 1] if at + 1 < len(walk.steps) else None
            yield _visit(ranks[step.column], step.since, after, new, track)
        elif at == 0 and track.kinds.get(step.column) == WON:
            yield Visit(won, step.since, step.since, True)
        new = not track.is_open(step.column)


def _visit(rank: int, since: date, after: Step | None, new: bool, track: Track) -> Visit:
    if after is None:
        return Visit(rank, since, None, new)
    known = track.is_open(after.column) or track.kinds.get(after.column) == WON
    target = track.ranks[after.column] if known else None
    cause = LEAVE if target is None else FORWARD if target > rank else BACK
    return Visit(rank, since, after.since, new, cause, target)


def spans(since: date, until: date) -> Iterator[tuple[int, date, date]]:
    """The bins of days in the column that a card stood in from `since` to before `until`, each with its days."""
    for at, age in enumerate(BINS):
        begin = since + timedelta(days=age)
        if begin >= until:
            return
        yield at, begin, until if at + 1 == len(BINS) else min(until, since + timedelta(days=BINS[at + 1]))


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
