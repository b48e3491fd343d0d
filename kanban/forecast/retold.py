"""Retold: what was known of every card at the end of each past Sunday, each card told once.

A card whose events all became known in the week in which they happened stood, on any Sunday, where its whole journey
says that it stood. One that was told late, or whose file came and went, is told anew for every Sunday on which more of
it had become known.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kanban.forecast.ensemble.known import Known
from kanban.metrics.base.journeys import WON, Journey, journey_of
from kanban.metrics.base.track import Track
from kanban.metrics.base.weeks import WEEK, complete_mondays, monday_of
from kanban.model.history.counting import known_by
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
    special = _special(history)
    for card in history.cards:
        if card not in special:
            journey = journey_of(history.of(card), track)
            if journey is not None:
                yield Version(journey, date.min, _EVER)
    yield from _retold(only(history, special), track)


def _special(history: History) -> set[str]:
    """The cards that were told late, whose files came and went, or of which something was taken back."""
    undoing = history.undoes.keys() | history.undoes.values()
    return {
        event.card
        for event in history.told
        if event.marked
        or not event.to_column
        or event.commit in undoing
        or sunday_of(event.known_at.date()) > sunday_of(event.at.date())
    }


def only(history: History, cards: Container[str]) -> History:
    """The history of some of the cards."""
    recorded = history.recorded and tuple(event for event in history.recorded if event.card in cards)
    return replace(history, events=tuple(event for event in history.events if event.card in cards), recorded=recorded)


def _retold(history: History, track: Track) -> Iterator[Version]:
    """Every card told anew on each Sunday on which more of it had become known."""
    sundays: dict[date, set[str]] = {}
    for event in history.told:
        sundays.setdefault(told_on(event), set()).add(event.card)
    standing: dict[str, Version] = {}
    for sunday, cards in sorted(sundays.items()):
        then = known_by(history, sunday).as_of(sunday)
        for card in sorted(cards):
            before, journey = standing.pop(card, None), journey_of(then.of(card), track)
            if before is not None:
                yield replace(before, until=sunday)
            if journey is not None:
                standing[card] = Version(journey, sunday, _EVER)
    yield from standing.values()


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
    return tuple(_weeks(changes, _firsts(history), last))


def _firsts(history: History) -> dict[date, date]:
    """Sunday → the day of the first event known then, for the Sundays on which another one became that."""
    special = _special(history)
    plain = {told_on(event): event.at.date() for event in reversed(history.events) if event.card not in special}
    retold = only(history, special)
    found: dict[date, date] = {}
    first = seldom = _EVER
    changed = {told_on(event) for event in retold.told}
    for sunday in sorted(plain.keys() | changed):
        first = min(first, plain.get(sunday, first))
        if sunday in changed:
            then = known_by(retold, sunday).as_of(sunday).events
            seldom = then[0].at.date() if then else _EVER
        found[sunday] = min(first, seldom)
    return found


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
        if firsts.get(day, first) != first:
            first = firsts[day]
            mondays = complete_mondays(first, last) if first <= last else ()
        wins.update(changes.get(day, {}))
        seen = mondays[: bisect_right(mondays, day)]
        yield Known(day, first, tuple(wins[monday] for monday in seen), seen)
        day += WEEK
