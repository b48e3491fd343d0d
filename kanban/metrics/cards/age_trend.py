"""Age trend: the age of the work in progress at the end of each day, in total and on average.

It warns before cycle times do: while old cards lie untouched nothing closes late, the mean age just grows by one day
a day. Ages count both days, as everywhere.
"""

from collections.abc import Iterable
from datetime import date
from itertools import accumulate

from kanban.metrics.base.journeys import Journey
from kanban.metrics.base.track import Track
from kanban.values import dataclass


@dataclass(frozen=True)
class AgeTrend:
    """Cards in progress and the sum of their ages at the end of each day from `first` on."""

    first: date
    cards: tuple[int, ...]
    total: tuple[int, ...]

    def mean(self, at: int) -> float | None:
        """The mean age at a position; None on a day without work in progress."""
        return self.total[at] / self.cards[at] if self.cards[at] else None


def age_trend(found: Iterable[Journey], track: Track, first: date | None, as_of: date) -> AgeTrend:
    """The trend from the board's first event to `as_of`, both included."""
    if first is None or first > as_of:
        return AgeTrend(as_of, (), ())
    days = (as_of - first).days + 1
    cards, starts = [0] * (days + 1), [0] * (days + 1)
    for journey in found:
        started = journey.started
        if started is None:
            continue
        offset = (started - first).days
        for stay in journey.stays:
            if stay.column in track.counted:
                low, high = (stay.since - first).days, days if stay.until is None else (stay.until - first).days
                cards[low] += 1
                cards[high] -= 1
                starts[low] += offset
                starts[high] -= offset
    counts = tuple(accumulate(cards[:days]))
    offsets = accumulate(starts[:days])
    return AgeTrend(
        first, counts, tuple(n * (at + 1) - sum_of for at, (n, sum_of) in enumerate(zip(counts, offsets, strict=True)))
    )
