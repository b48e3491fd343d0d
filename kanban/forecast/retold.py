"""Retold: what was known of every card at the end of each past Sunday, each card told once.

A card whose events all became known in the week in which they happened stood, on any Sunday, where its whole journey
says that it stood. One that was told late, or whose file came and went, is told anew for every Sunday on which more of
it had become known.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kanban.forecast.ensemble.known import Known
from kanban.metrics.base.journeys import WON, Journey, journey_of
from kanban.metrics.base.track import Track
from kanban.metrics.base.weeks import WEEK, complete_mondays, monday_of
from kanban.model.history.events import Event, History

_EVER = date.max


@dataclass(frozen=True, slots=True)
class Version:
    """A card's journey as it was known at the end of days from `since` until before `until`.

    What happened after a day is to be cut off: of several versions of a card each is known from its last event on.
    """

    journey: Journey
    since: date
    until: date


def versions(history: History, track: Track) -> Iterator[Version]:
    """Every card as it was known from when to when, by whole weeks."""
    for card in history.cards:
        events = history.of(card)
        if all(event.to_column and sunday_of(event.known_at.date()) <= sunday_of(event.at.date()) for event in events):
            journey = journey_of(events, track)
            if journey is not None:
                yield Version(journey, date.min, _EVER)
        else:
            yield from _retold(events, track)


def _retold(events: Sequence[Event], track: Track) -> Iterator[Version]:
    sundays = sorted({told_on(event) for event in events})
    for since, until in zip(sundays, [*sundays[1:], _EVER], strict=True):
        journey = journey_of((event for event in events if told_on(event) <= since), track)
        if journey is not None:
            yield Version(journey, since, until)


def told_on(event: Event) -> date:
    """The first Sunday at whose end an event had happened and was known."""
    return sunday_of(max(event.at.date(), event.known_at.date()))


def sunday_of(day: date) -> date:
    """The Sunday of the day's week."""
    return day + timedelta(days=6 - day.weekday())


def known_weeks(history: History, told: Iterable[Version], track: Track, last: date) -> tuple[Known, ...]:
    """What was known of the weekly wins at the end of every Sunday up to `last`, from the board's first week on."""
    changes: dict[date, Counter[date]] = {}
    for version in told:
        for ended, since, until in _wins(version, track):
            changes.setdefault(sunday_of(since), Counter())[monday_of(ended)] += 1
            if until <= last:
                changes.setdefault(sunday_of(until), Counter())[monday_of(ended)] -= 1
    firsts: dict[date, date] = {}
    for event in history.events:
        on, happened = told_on(event), event.at.date()
        firsts[on] = min(firsts.get(on, happened), happened)
    return tuple(_weeks(changes, firsts, last))


def _wins(version: Version, track: Track) -> Iterator[tuple[date, date, date]]:
    """Wins with the days from which, and until which, they were known and stood."""
    stays = version.journey.stays
    for at, stay in enumerate(stays):
        left = stays[at + 1].since if at + 1 < len(stays) else _EVER
        since, until = max(stay.since, version.since), min(left, version.until)
        if track.kinds.get(stay.column) == WON and since < until:
            yield stay.since, since, until


def _weeks(changes: dict[date, Counter[date]], firsts: dict[date, date], last: date) -> Iterator[Known]:
    day = min(firsts, default=_EVER)
    first, wins = _EVER, Counter[date]()
    mondays: tuple[date, ...] = ()
    while day <= last:
        if firsts.get(day, first) < first:
            first = firsts[day]
            mondays = complete_mondays(first, last)
        wins.update(changes.get(day, {}))
        seen = mondays[: bisect_right(mondays, day)]
        yield Known(day, first, tuple(wins[monday] for monday in seen), seen)
        day += WEEK
