"""Stock: how many cards stood in each column at the end of each day.

A card stands, at the end of a day, where its last move on or before that day put it; one that came and went on the
same day is nowhere counted. The sum of a column's daily stock equals the sum of the days of all stays in it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import accumulate

from kanban.metrics.base.journeys import Journey
from kanban.values import dataclass

Comings = Counter[tuple[str, int]]
"""Column and day (ordinal) → cards that came there on the day less those that left."""


@dataclass(frozen=True)
class Stock:
    """Counts per column, one for each day from `first` on; no days when nothing ever happened."""

    first: date
    counts: Mapping[str, tuple[int, ...]]
    days: int

    def day(self, at: int) -> date:
        """The day at a position of the counts."""
        return self.first + timedelta(days=at)

    @property
    def dates(self) -> tuple[date, ...]:
        """All days, oldest first."""
        return tuple(self.day(at) for at in range(self.days))

    def on(self, day: date) -> dict[str, int]:
        """Column → cards at the end of `day`; zeros before the first day and after the last."""
        at = (day - self.first).days
        inside = 0 <= at < self.days
        return {column: counts[at] if inside else 0 for column, counts in self.counts.items()}

    def total(self, columns: Iterable[str]) -> tuple[int, ...]:
        """The sum over some columns, per day."""
        chosen = [self.counts[column] for column in columns if column in self.counts]
        return tuple(map(sum, zip(*chosen, strict=True))) if chosen else (0,) * self.days

    def between(self, since: date, until: date, columns: Iterable[str]) -> tuple[int, ...]:
        """The daily sums over some columns from `since` to `until`, both included, as far as there are days."""
        low = max(0, (since - self.first).days)
        high = min(self.days, (until - self.first).days + 1)
        return self.total(columns)[low:high] if high > low else ()


def stock(found: Iterable[Journey], columns: Iterable[str], first: date | None, as_of: date) -> Stock:
    """The stock of the given columns from `first` (the board's first event) to `as_of`, both included."""
    return stock_of(comings_of(found), columns, first, as_of)


def comings_of(found: Iterable[Journey]) -> Comings:
    """How many more cards, or fewer, each day leaves in each column than the day before."""
    comings: Comings = Counter()
    for journey in found:
        for stay in journey.stays:
            comings[stay.column, stay.since.toordinal()] += 1
            if stay.until is not None:
                comings[stay.column, stay.until.toordinal()] -= 1
    return comings


def stock_of(comings: Comings, columns: Iterable[str], first: date | None, as_of: date) -> Stock:
    """The stock that the comings and goings of all cards make."""
    if first is None or first > as_of:
        return Stock(as_of, dict.fromkeys(columns, ()), 0)
    days, begin = (as_of - first).days + 1, first.toordinal()
    steps = {column: [0] * days for column in columns}
    for (column, day), count in comings.items():
        if column in steps:
            steps[column][day - begin] += count
    return Stock(first, {column: tuple(accumulate(step)) for column, step in steps.items()}, days)
