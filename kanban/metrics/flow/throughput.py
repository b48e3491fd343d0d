"""Throughput: how many cards reach an exit per ISO week. *Won per week* is the mean of the last six complete weeks.

A card counts in the week of its end, once: a win that was reopened and won again counts in the week of the last win.
Only complete weeks count, from the week of the board's first event on, weeks without a win included.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from kanban.metrics.base.journeys import DELETED, LOST, PARKED, WON
from kanban.metrics.base.weeks import complete_mondays, monday_of, week_key
from kanban.metrics.base.window import Window
from kanban.metrics.cards.deals import Span
from kanban.values import dataclass

RECENT_WEEKS = 6
_MOVING_RANGE_FACTOR = 2.66


@dataclass(frozen=True, slots=True)
class Week:
    """What one complete week saw end, and start."""

    monday: date
    won: int
    lost: int
    parked: int
    deleted: int
    arrivals: int

    @property
    def key(self) -> str:
        """`2025-W02`."""
        return week_key(self.monday)

    @property
    def exits(self) -> int:
        """Cards that left the flow, however they left it."""
        return self.won + self.lost + self.parked + self.deleted


@dataclass(frozen=True, slots=True)
class Throughput:
    """Complete weeks, oldest first, and what ended on the days of the window, complete weeks or not."""

    weeks: tuple[Week, ...]
    won: int
    lost: int
    parked: int
    deleted: int

    @property
    def recent(self) -> tuple[Week, ...]:
        """The last six complete weeks, or all when there are fewer."""
        return self.weeks[-RECENT_WEEKS:]

    @property
    def won_per_week(self) -> float | None:
        """Mean wins of the recent weeks; None before the first complete week."""
        return sum(week.won for week in self.recent) / len(self.recent) if self.recent else None

    @property
    def exits(self) -> int:
        """All ends in the window."""
        return self.won + self.lost + self.parked + self.deleted


def throughput(found: Iterable[Span], observed: date | None, window: Window) -> Throughput:
    """Ends in the window. `observed` is the day of the board's first event; None: nothing ever happened."""
    cards = [(one, day) for one in found if (day := one.started) is not None]
    ended = [(day, one.outcome) for one, _started in cards if (day := one.ended) is not None and day in window]
    ends = _by_monday(Counter(ended))
    starts = _by_monday(Counter((day, "") for _one, day in cards))
    weeks = tuple(
        Week(
            monday,
            won=ends[monday, WON],
            lost=ends[monday, LOST],
            parked=ends[monday, PARKED],
            deleted=ends[monday, DELETED],
            arrivals=starts[monday, ""],
        )
        for monday in _mondays(observed, window)
    )
    totals = Counter(outcome for _day, outcome in ended)
    return Throughput(weeks, totals[WON], totals[LOST], totals[PARKED], totals[DELETED])


def _by_monday(days: Counter[tuple[date, str]]) -> Counter[tuple[date, str]]:
    """Counts of days as counts of weeks: many cards start and end on the same days."""
    weeks = Counter[tuple[date, str]]()
    for (day, what), count in days.items():
        weeks[monday_of(day), what] += count
    return weeks


def _mondays(observed: date | None, window: Window) -> tuple[date, ...]:
    """The Mondays of complete weeks that lie wholly in the window; the first week of all counts from its Monday."""
    if observed is None:
        return ()
    mondays = complete_mondays(observed, window.until)
    since = window.since
    return mondays if since is None else tuple(monday for monday in mondays if monday >= since)


@dataclass(frozen=True, slots=True)
class NaturalLimits:
    """Where a run of weekly figures stays by chance alone: mean ± 2.66 × mean moving range, not below 0.

    Source: the XmR chart (Shewhart, Wheeler), with the usual constant 3 / 1.128.
    """

    mean: float
    low: float
    high: float


def natural_limits(values: Iterable[int]) -> NaturalLimits | None:
    """The limits of a series in time order; None for fewer than two values."""
    series = list(values)
    if len(series) < 2:
        return None
    mean = sum(series) / len(series)
    moving = sum(abs(after - before) for before, after in pairwise(series)) / (len(series) - 1)
    reach = _MOVING_RANGE_FACTOR * moving
    return NaturalLimits(mean, max(0.0, mean - reach), mean + reach)
