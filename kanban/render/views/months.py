"""The months ahead: meetings with their time, close dates with their amount, what each week should bring."""

from __future__ import annotations

from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_date, format_money, format_time
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.cards.working_days import is_working_day
from kanban.pull.meetings import is_meeting, most_meetings
from kanban.render.addresses import address_of
from kanban.render.typography import typeset
from kanban.render.views.wall.columns import money_sum

MOST_MONTHS, _SHOWN = 3, 4
"""Months on the page, the present one first; entries of a day that are shown at once."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A meeting or a close date: `what` is the time or the amount, `about` the action."""

    label: str
    href: str
    what: str
    about: str
    css: str


@dataclass(frozen=True, slots=True)
class Day:
    """One day: empty strings and no entries where the square belongs to another month."""

    number: str
    iso: str
    name: str
    css: str
    note: str
    shown: tuple[Entry, ...]
    rest: tuple[Entry, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days, and the amounts that close in them."""

    days: tuple[Day, ...]
    closing: str


@dataclass(frozen=True, slots=True)
class Month:
    """One month: its name, the names of the weekdays, its weeks, and what it holds in a line."""

    anchor: str
    name: str
    weekdays: tuple[str, ...]
    lead: str
    weeks: tuple[Week, ...]


def months(board: Board, as_of: date) -> tuple[Month, ...]:
    """The present month, and those that follow as far as something is dated."""
    entries, closing = _entries(board, as_of)
    last = max((*entries, as_of))
    found = []
    for at in range(MOST_MONTHS):
        year, month = divmod(as_of.month - 1 + at, 12)
        first = date(as_of.year + year, month + 1, 1)
        if first <= last:
            found.append(_month(board, first, as_of, entries, closing))
    return tuple(found)


def _entries(board: Board, as_of: date) -> tuple[dict[date, list[Entry]], dict[date, list[Card]]]:
    """Day → its meetings in order of time, then its close dates, the dearest first; and day → cards that close."""
    meetings: dict[date, list[tuple[time, Entry]]] = defaultdict(list)
    closing: dict[date, list[Card]] = defaultdict(list)
    for card in board.open_cards:
        when = card.next_action_date
        if when is not None and card.next_action and (when.time is not None or is_meeting(board, card)):
            late = " late" if when.day < as_of else ""
            said = format_time(when.time) if when.time else ""
            one = Entry(card.label, address_of(board, card), said, typeset(card.next_action), f"meeting{late}")
            meetings[when.day].append((when.time or time.min, one))
        if card.close_date is not None:
            closing[card.close_date].append(card)
    days: dict[date, list[Entry]] = {}
    for day in sorted({*meetings, *closing}):
        ranked = sorted(closing.get(day, ()), key=_dearest_first)
        held = [one for _at, one in sorted(meetings.get(day, ()), key=lambda pair: (pair[0], pair[1].label))]
        days[day] = [*held, *(_close(board, card, as_of) for card in ranked)]
    return days, closing


def _dearest_first(card: Card) -> tuple[Decimal, str]:
    return -card.amount.amount if card.amount is not None else Decimal(0), card.label


def _close(board: Board, card: Card, as_of: date) -> Entry:
    late = " late" if card.close_date is not None and card.close_date < as_of else ""
    amount = format_money(card.amount, short=True) if card.amount is not None else ""
    return Entry(card.label, address_of(board, card), amount, _("close date"), f"close{late}")


def _month(
    board: Board, first: date, as_of: date, entries: dict[date, list[Entry]], closing: dict[date, list[Card]]
) -> Month:
    squares = list(Calendar().itermonthdates(first.year, first.month))
    mine = [day for day in squares if day.month == first.month]
    meetings = sum(one.css.startswith("meeting") for day in mine for one in entries.get(day, ()))
    closes = [card for day in mine for card in closing.get(day, ())]
    lead = " · ".join(
        part
        for part in (
            ngettext("{count} meeting", "{count} meetings", meetings).format(count=meetings) if meetings else "",
            ngettext("{count} close date", "{count} close dates", len(closes)).format(count=len(closes)),
            _money(closes),
        )
        if part
    )
    weeks = []
    for at in range(0, len(squares), 7):
        days = squares[at : at + 7]
        own = [card for day in days if day.month == first.month for card in closing.get(day, ())]
        weeks.append(Week(tuple(_day(board, day, first, as_of, entries) for day in days), _money(own)))
    name = format_date(first, "long").split(" ", 1)[1]
    heads = tuple(format_date(day, "full").split(" ", 1)[0].capitalize() for day in squares[:7])
    return Month(f"month-{first:%Y-%m}", name[:1].upper() + name[1:], heads, lead, tuple(weeks))


def _money(cards: list[Card]) -> str:
    return money_sum(card.amount for card in cards if card.amount is not None)


def _day(board: Board, day: date, first: date, as_of: date, entries: dict[date, list[Entry]]) -> Day:
    if day.month != first.month:
        return Day("", "", "", "other", "", (), (), "")
    found = tuple(entries.get(day, ()))
    rest = found[_SHOWN:] if len(found) > _SHOWN + 1 else ()
    more = ngettext("and {count} more", "and {count} more", len(rest)).format(count=len(rest)) if rest else ""
    held = sum(one.css.startswith("meeting") for one in found)
    full = held > most_meetings(board.config)
    note = _("{count} meetings, {limit} at most").format(count=held, limit=most_meetings(board.config)) if full else ""
    return Day(
        str(day.day),
        day.isoformat(),
        format_date(day, "weekday"),
        " ".join(_looks(board, day, as_of, bool(found))),
        note,
        found[: len(found) - len(rest)],
        rest,
        more,
    )


def _looks(board: Board, day: date, as_of: date, busy: bool) -> Iterator[str]:
    if day == as_of:
        yield "today"
    if day < as_of:
        yield "past"
    if not is_working_day(board.config.calendar, day):
        yield "off"
    if not busy:
        yield "free"
