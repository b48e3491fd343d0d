"""Stock: how many cards stood in each column at the end of each day.

A card stands, at the end of a day, where its last move on or before that day put it; one that came and went on the
same day is nowhere counted. The sum of a column's daily stock equals the sum of the days of all stays in it.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import accumulate

from kanban.metrics.base.journeys import Journey
from kanban.values import dataclass


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
    if first is None or first > as_of:
        return Stock(as_of, dict.fromkeys(columns, ()), 0)
    days = (as_of - first).days + 1
    steps: dict[str, list[int]] = {column: [0] * (days + 1) for column in columns}
    for journey in found:
        for stay in journey.stays:
            step = steps.get(stay.column)
            if step is None:
                continue
            step[(stay.since - first).days] += 1
            step[days if stay.until is None else (stay.until - first).days] -= 1
    return Stock(first, {column: tuple(accumulate(step[:days])) for column, step in steps.items()}, days)
