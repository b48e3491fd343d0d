"""Age trend: the age of the work in progress at the end of each day, in total and on average.

It warns before cycle times do: while old cards lie untouched nothing closes late, the mean age just grows by one day
a day. Ages count both days, as everywhere.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import accumulate

from kanban.metrics.base.journeys import Journey
from kanban.metrics.base.track import Track
from kanban.values import dataclass

Changes = Counter[tuple[int, bool]]
"""A day (ordinal) → the cards that came into the work in progress on it, less those that left (False); and the same

sum of the days (ordinals) on which these had started (True).
"""


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
    return age_trend_of(changes_of(found, track), first, as_of)


def changes_of(found: Iterable[Journey], track: Track) -> Changes:
    """What each day adds to the work in progress and takes from it."""
    changes: Changes = Counter()
    for journey in found:
        if journey.started is None:
            continue
        started = journey.started.toordinal()
        for stay in journey.stays:
            if stay.column in track.counted:
                changes[stay.since.toordinal(), False] += 1
                changes[stay.since.toordinal(), True] += started
                if stay.until is not None:
                    changes[stay.until.toordinal(), False] -= 1
                    changes[stay.until.toordinal(), True] -= started
    return changes


def age_trend_of(changes: Changes, first: date | None, as_of: date) -> AgeTrend:
    """The trend that the changes of all cards make."""
    if first is None or first > as_of:
        return AgeTrend(as_of, (), ())
    days, begin = (as_of - first).days + 1, first.toordinal()
    cards, starts = [0] * days, [0] * days
    for (day, of_starts), count in changes.items():
        (starts if of_starts else cards)[day - begin] += count
    counts = tuple(accumulate(cards))
    offsets = (total - begin * n for total, n in zip(accumulate(starts), counts, strict=True))
    return AgeTrend(
        first, counts, tuple(n * (at + 1) - sum_of for at, (n, sum_of) in enumerate(zip(counts, offsets, strict=True)))
    )
