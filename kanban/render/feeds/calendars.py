"""Calendars: next actions, expected decisions and meetings, for everybody and per owner (RFC 5545).

Events keep their UID as long as their card keeps its id, so a subscribed calendar moves an entry instead of doubling
it. The time stamp is the commit's: the same commit gives the same bytes. Times stand in the board's timezone.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

from kanban.i18n import _
from kanban.i18n.formats import format_money, format_percent
from kanban.model.cards.card import Card
from kanban.model.cards.working_days import working_weekdays
from kanban.model.settings.policies import WEEKDAYS
from kanban.model.typed.values import When
from kanban.render.addresses import address_of
from kanban.render.feeds.calendartext import Entry, calendar_text, entry_text, zone_component, zone_key
from kanban.render.forge import site_address
from kanban.render.plan import digest
from kanban.render.site_input import Material
from kanban.render.views.page import board_title

_ACTION_LENGTH = timedelta(minutes=30)
_DAILY_LENGTH, _WEEKLY_LENGTH = timedelta(minutes=10), timedelta(minutes=30)
_REVIEW_LENGTH, _WORKSHOP_LENGTH = timedelta(minutes=20), timedelta(minutes=30)
_TWICE_A_MONTH = "FREQ=MONTHLY;BYDAY=1{day},3{day}"


class Calendars:
    """The calendars of one site. Those of one owner remind: fifteen minutes ahead, or at nine of a whole day."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.timezone = material.board.config.timezone

    def calendar(self, owner: str | None = None) -> bytes:
        """The calendar of the whole board, or of one owner's cards; the team's meetings stand in both."""
        name = board_title(self.material)
        texts = (
            self._written(_entries(self.material, card, reminding=owner is not None))
            for card, _said in self._said
            if owner is None or card.owner == owner
        )
        heading = f"{name} · {owner}" if owner else name
        return calendar_text(heading, self.timezone, self._zone, (*texts, self._ritual_text))

    def key(self, owner: str | None = None) -> str:
        """A digest of all that an entry says, of the cards that have one."""
        cards = [said for card, said in self._said if owner is None or card.owner == owner]
        revision, config = self.material.revision, self.material.board.config
        history = self.material.history
        first = history.events[0].commit if history is not None and history.events else ""
        return digest(cards, owner, revision.committed_at, self.material.as_of, first, config)

    @cached_property
    def _said(self) -> list[tuple[Card, str]]:
        dated = (card for card in self.material.board.open_cards if card.next_action_date or card.close_date)
        return [(card, repr((card.id, dict(card.values), card.label))) for card in dated]

    @cached_property
    def _ritual_text(self) -> str:
        return self._written(_meetings(self.material))

    @cached_property
    def _zone(self) -> str:
        year, known = self.material.as_of.year, self.material.known
        key = zone_key(self.timezone, year)
        made = known.get(key) or zone_component(self.timezone, year)
        if key:
            known[key] = made
        return made

    def _written(self, entries: Iterable[Entry]) -> str:
        return "".join(entry_text(entry, self.timezone) for entry in entries)


def _entries(material: Material, card: Card, *, reminding: bool) -> Iterator[Entry]:
    url = site_address(material, address_of(material.board, card))
    if card.next_action and card.next_action_date is not None:
        alarm = "-PT15M" if card.next_action_date.time else "PT9H"
        yield replace(_action(material, card, card.next_action_date), url=url, alarm=alarm if reminding else "")
    if card.close_date is not None:
        yield replace(_decision(material, card, card.close_date), url=url)


def _identity(material: Material, kind: str, key: str) -> str:
    """A name that this board's event alone has: the board is known by its first commit, else by its title."""
    events = material.history.events if material.history is not None else ()
    board = (events[0].commit if events else "") or board_title(material)
    digest = hashlib.sha256(f"{board}\0{kind}\0{key}".encode("utf-8", "surrogatepass")).hexdigest()
    return f"{digest[:24]}@git-kanban"


def _stamp(material: Material) -> datetime:
    return material.revision.committed_at or datetime.combine(material.as_of, time(), UTC)


def _action(material: Material, card: Card, when: When) -> Entry:
    start, end = _span(material, when.day, when.time, _ACTION_LENGTH)
    summary = f"{card.label}{_(': ')}{card.next_action}"
    return Entry(_identity(material, "action", card.id), _stamp(material), start, end, summary, _about(card))


def _decision(material: Material, card: Card, day: date) -> Entry:
    summary = _("Close date: {account}").format(account=card.label)
    uid = _identity(material, "close", card.id)
    return Entry(uid, _stamp(material), day, day + timedelta(days=1), summary, _about(card), busy=False)


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


def _meetings(material: Material) -> Iterator[Entry]:
    """The team's meetings, as rules that repeat from the week, or the month, of the day on."""
    config = material.board.config
    rituals = config.rituals
    if rituals.daily is not None:
        days = list(working_weekdays(config.calendar))
        yield _meeting(material, "daily", _("Daily at the board"), days, rituals.daily, _DAILY_LENGTH)
    for key, when, summary, length, rule in (
        ("weekly", rituals.weekly, _("Weekly review"), _WEEKLY_LENGTH, ""),
        ("review", rituals.review, _("Flow review"), _REVIEW_LENGTH, ""),
        ("workshop", rituals.workshop, _("Objection workshop"), _WORKSHOP_LENGTH, _TWICE_A_MONTH),
    ):
        if when:
            word, _space, clock = when.partition(" ")
            hour, minute = clock.split(":")
            at = time(int(hour), int(minute))
            yield _meeting(material, key, summary, [WEEKDAYS.index(word)], at, length, rule)


def _meeting(
    material: Material, key: str, summary: str, days: list[int], at: time, length: timedelta, rule: str = ""
) -> Entry:
    """`rule` says how it repeats, `{day}` for the day of the week; default: each week."""
    monday = material.as_of - timedelta(days=material.as_of.weekday())
    first = monday + timedelta(days=days[0] if days else 0)
    if rule:
        first = material.as_of.replace(day=1)
        first += timedelta(days=(days[0] - first.weekday()) % 7)
    start, end = _span(material, first, at, length)
    named = [WEEKDAYS[day][:2].upper() for day in days or [0]]
    rule = rule.format(day=named[0]) if rule else "FREQ=WEEKLY;BYDAY=" + ",".join(named)
    return Entry(_identity(material, "ritual", key), _stamp(material), start, end, summary, rule=rule)


def _span(material: Material, day: date, at: time | None, length: timedelta) -> tuple[date, date]:
    """Start and end: a whole day up to the next, or a time in the board's timezone."""
    if at is None:
        return day, day + timedelta(days=1)
    start = datetime.combine(day, at, material.board.config.zone)
    return start, start + length
