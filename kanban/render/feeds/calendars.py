"""Calendars: next actions, expected decisions and meetings, for everybody and per owner (RFC 5545).

Events keep their UID as long as their card keeps its id, so a subscribed calendar moves an entry instead of doubling
it. The time stamp is the commit's: the same commit gives the same bytes. Times stand in the board's timezone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from kanban.i18n import _
from kanban.i18n.formats import format_money, format_percent
from kanban.model.card import Card
from kanban.model.policies import WEEKDAYS
from kanban.model.values import When
from kanban.render.material import Material
from kanban.render.views.page import board_title

if TYPE_CHECKING:
    from icalendar import Calendar, Event

_ACTION_LENGTH = timedelta(minutes=30)
_DAILY_LENGTH, _WEEKLY_LENGTH = timedelta(minutes=10), timedelta(minutes=30)


def calendar(material: Material, *, owner: str | None = None) -> bytes:
    """The calendar of the whole board, or of one owner's cards; the team's meetings stand in both."""
    from icalendar import Calendar

    made = Calendar()
    name = board_title(material)
    made.add("prodid", "-//git-kanban//site//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", f"{name} · {owner}" if owner else name)
    made.add("x-wr-timezone", material.board.config.timezone)
    cards = [card for card in material.board.open_cards if owner is None or card.owner == owner]
    for event in _events(material, cards):
        made.add_component(event)
    _add_timezones(made, material)
    return bytes(made.to_ical())


def _events(material: Material, cards: Iterable[Card]) -> Iterator[Event]:
    for card in cards:
        if card.next_action and card.next_action_date is not None:
            yield _action(material, card, card.next_action_date)
        if card.close_date is not None:
            yield _decision(material, card, card.close_date)
    yield from _meetings(material)


def _event(material: Material, kind: str, key: str, summary: str) -> Event:
    from icalendar import Event

    made = Event()
    made.add("uid", f"{_identity(material, kind, key)}@git-kanban")
    stamp = material.revision.committed_at or datetime.combine(material.as_of, time(), UTC)
    made.add("dtstamp", stamp.astimezone(UTC))
    made.add("summary", summary)
    return made


def _identity(material: Material, kind: str, key: str) -> str:
    """A name that this board's event alone has: the board is known by its first commit, else by its title."""
    events = material.history.events if material.history is not None else ()
    board = (events[0].commit if events else "") or board_title(material)
    return hashlib.sha256(f"{board}\0{kind}\0{key}".encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _action(material: Material, card: Card, when: When) -> Event:
    made = _event(material, "action", card.id, f"{card.label}{_(': ')}{card.next_action}")
    if when.time is None:
        _whole_day(made, when.day)
    else:
        _timed(made, material, when.day, when.time, _ACTION_LENGTH)
    made.add("description", _about(card))
    return made


def _decision(material: Material, card: Card, day: date) -> Event:
    made = _event(material, "close", card.id, _("Close date: {account}").format(account=card.label))
    _whole_day(made, day)
    made.add("description", _about(card))
    made.add("transp", "TRANSPARENT")
    return made


def _about(card: Card) -> str:
    """Amount, probability, contact, owner: what one wants to know in the calendar."""
    band = card.values.get("amount_band")
    parts = [
        band if isinstance(band, str) else format_money(card.amount) if card.amount is not None else "",
        format_percent(card.probability) if card.probability is not None else "",
        card.contact,
        card.owner,
    ]
    return " · ".join(part for part in parts if part)


def _meetings(material: Material) -> Iterator[Event]:
    """The daily and the weekly, as rules that repeat from the week of the day on."""
    rituals, calendar = material.board.config.rituals, material.board.config.calendar
    monday = material.as_of - timedelta(days=material.as_of.weekday())
    if rituals.daily is not None:
        days = [WEEKDAYS.index(day) for day in calendar.working_days]
        made = _event(material, "ritual", "daily", _("Daily at the board"))
        _timed(made, material, monday + timedelta(days=min(days, default=0)), rituals.daily, _DAILY_LENGTH)
        made.add("rrule", {"freq": "weekly", "byday": [WEEKDAYS[day][:2].upper() for day in sorted(days)]})
        yield made
    if rituals.weekly:
        word, _space, clock = rituals.weekly.partition(" ")
        day = WEEKDAYS.index(word)
        made = _event(material, "ritual", "weekly", _("Weekly review"))
        hour, minute = clock.split(":")
        _timed(made, material, monday + timedelta(days=day), time(int(hour), int(minute)), _WEEKLY_LENGTH)
        made.add("rrule", {"freq": "weekly", "byday": [WEEKDAYS[day][:2].upper()]})
        yield made


def _whole_day(event: Event, day: date) -> None:
    """All day long: the end is the day after, as the standard has it."""
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))


def _timed(event: Event, material: Material, day: date, at: time, length: timedelta) -> None:
    start = datetime.combine(day, at, material.board.config.zone)
    event.add("dtstart", start)
    event.add("dtend", start + length)


def _add_timezones(made: Calendar, material: Material) -> None:
    """The rules of the board's timezone over the years the calendar is about; the same on every day of a year."""
    year = material.as_of.year
    made.add_missing_timezones(first_date=date(year - 1, 1, 1), last_date=date(year + 5, 1, 1))
