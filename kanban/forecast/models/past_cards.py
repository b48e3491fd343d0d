"""Past cards: what the card model would have said at the end of each past Sunday, from one tally over all cards.

The same hazards, chances and arrivals as of a `CardModel` made for that Sunday alone. Counts are kept as running sums
by day, so that what the year up to a Sunday saw is a difference of two of them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Hashable, Iterable
from datetime import date
from functools import cached_property
from itertools import accumulate
from typing import TypeVar

from kanban.forecast.ensemble.counts import Quantiles
from kanban.forecast.ensemble.known import Known
from kanban.forecast.models.card_model import wins
from kanban.forecast.models.hazards import ARRIVAL_DAYS, DAYS_KEPT, Seen, Visit, spans, visits
from kanban.forecast.models.walks import walk_of
from kanban.forecast.models.winning import OLDEST, winning
from kanban.forecast.recalled import Recalled
from kanban.forecast.retold import Version, sunday_of
from kanban.metrics.base.track import Track
from kanban.metrics.base.weeks import WEEK

K = TypeVar("K", bound=Hashable)
Counts = dict[K, Counter[int]]
Sums = dict[K, "_Sums"]
"""Counts by day, and running sums of them, by what is counted."""


class PastCards:
    """The card model of every Sunday up to `last`; `said` is asked for one of them."""

    def __init__(self, told: Iterable[Version], track: Track, last: date, recalled: Recalled | None = None) -> None:
        self._track, self._last, self._recalled = track, last, recalled or Recalled()
        self._tallies: dict[tuple[date, date], _Tally] = {}
        self._young: dict[date, Counter[tuple[int, int]]] = {}
        self._old: dict[date, Counter[int]] = {}
        for version in told:
            tally = self._tallies.setdefault((version.since, version.until), _Tally())
            for visit in visits(walk_of(version.journey), track):
                tally.add(visit, visit.rank == len(track.open_columns))
                self._place(visit, version)

    def _place(self, visit: Visit, version: Version) -> None:
        """Where the card is counted on each Sunday of its visit; from two months on in a running count."""
        until = min(visit.until or date.max, version.until, self._last + WEEK)
        day = sunday_of(max(visit.since, version.since))
        while day < until and (age := (day - visit.since).days) < OLDEST:
            self._young.setdefault(day, Counter())[visit.rank, age] += 1
            day += WEEK
        if day < until:
            self._old.setdefault(day, Counter())[visit.rank] += 1
            self._old.setdefault(sunday_of(until), Counter())[visit.rank] -= 1

    @cached_property
    def _standing(self) -> dict[date, Counter[int]]:
        """Sunday → how many cards have stood for two months and more, by column."""
        found, counts = {}, Counter[int]()
        for day in sorted(self._old):
            counts.update(self._old[day])
            found[day] = counts.copy()
        return found

    @cached_property
    def _changed(self) -> list[date]:
        return sorted(self._standing)

    def said(self, known: Known, ahead: int) -> Quantiles:
        """The wins of the weeks ahead, as the model gave them on the Sunday of what was known."""
        day, seen = known.day, Seen()
        for (since, until), tally in self._tallies.items():
            if since <= day < until:
                tally.see(day, seen)
        columns = self._track.open_columns
        hazards = seen.hazards(columns, known.watched)
        places = self._young.get(day, Counter[tuple[int, int]]()).copy()
        at = bisect_right(self._changed, day)
        if at:
            counts = self._standing[self._changed[at - 1]]
            places.update({(rank, OLDEST): count for rank, count in counts.items() if count})
        made_from = hazards, sorted(places.items()), ahead
        return tuple(self._recalled.of(made_from, lambda: wins(winning(hazards), places, 7 * ahead)))


class _Tally:
    """Visits of cards that were known from and until the same days, counted by day."""

    def __init__(self) -> None:
        self._entries: Counts[int] = {}
        self._stood: Counts[tuple[int, int]] = {}
        self._ends: Counts[tuple[str, int, int]] = {}
        self._moves: Counts[tuple[str, int, int]] = {}

    def add(self, visit: Visit, won: bool) -> None:
        """One visit; `won`: of a card won at once."""
        if visit.new:
            _count(self._entries, visit.rank, visit.since)
        if won:
            return
        for at, begin, end in spans(visit.since, visit.until or date.max):
            _count(self._stood, (visit.rank, at), begin)
            _count(self._stood, (visit.rank, at), end, -1)
        if visit.until:
            _count(self._ends, (visit.cause, visit.rank, visit.bin), visit.until)
            if visit.target is not None:
                _count(self._moves, (visit.cause, visit.rank, visit.target), visit.until)

    @cached_property
    def _sums(self) -> tuple[Sums[int], Sums[tuple[int, int]], Sums[tuple[str, int, int]], Sums[tuple[str, int, int]]]:
        return _summed(self._entries), _summed(self._stood), _summed(self._ends), _summed(self._moves)

    def see(self, day: date, seen: Seen) -> None:
        """What the year up to a day saw, added to what was seen already."""
        now = day.toordinal()
        before, (entries, stood, ends, moves) = now - DAYS_KEPT, self._sums
        for rank, one in entries.items():
            seen.entries[rank] += one.up_to(now)
            seen.recent += one.up_to(now) - one.up_to(now - ARRIVAL_DAYS)
        for place, one in stood.items():
            seen.days[place] += one.stood(now) - one.stood(before)
        for wanted, found in ((seen.ends, ends), (seen.moves, moves)):
            for why, one in found.items():
                wanted[why] += one.up_to(now) - one.up_to(before)


def _count(counts: Counts[K], key: K, day: date, by: int = 1) -> None:
    counts.setdefault(key, Counter())[day.toordinal()] += by


def _summed(counts: Counts[K]) -> Sums[K]:
    return {key: _Sums(found) for key, found in counts.items()}


class _Sums:
    """Counts by day, summed up."""

    def __init__(self, counts: Counter[int]) -> None:
        self._at = sorted(counts)
        self._counts = [0, *accumulate(counts[day] for day in self._at)]
        self._days = [0, *accumulate(day * counts[day] for day in self._at)]

    def up_to(self, day: int) -> int:
        """How many up to and with a day."""
        return self._counts[bisect_right(self._at, day)]

    def stood(self, day: int) -> int:
        """How many days those who had come, and not gone again, had stood before a day."""
        place = bisect_left(self._at, day)
        return day * self._counts[place] - self._days[place]
