"""The changelog: everything that happened lately, day by day, the newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from kanban.i18n import ngettext
from kanban.i18n.formats import format_date
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.history.edits import Edit, edits_of
from kanban.render.addresses import address_of
from kanban.render.typography import typeset
from kanban.render.views.cards.card_history import described

if TYPE_CHECKING:
    from kanban.model.history.events import Event, History

DAYS, MOST = 14, 300


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened: to which card, what, who did it, in which commit."""

    label: str
    href: str
    what: str
    who: str
    time: str
    iso: str
    css: str


@dataclass(frozen=True, slots=True)
class Day:
    """One day's lines."""

    title: str
    iso: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Changelog:
    """The days, and a word on what came before them."""

    days: tuple[Day, ...]
    lead: str
    more: str


def edits_among(past: History, events: Sequence[Event], versions: Mapping[str, Card]) -> dict[int, Edit]:
    """What the events of several cards changed, by their order numbers, where both versions are at hand."""
    found: dict[int, Edit] = {}
    for card in dict.fromkeys(event.card for event in events):
        found.update(edits_of(past.of(card), versions))
    return found


def changelog(board: Board, past: History, versions: Mapping[str, Card], as_of: date) -> Changelog:
    """The last four weeks, at most three hundred lines of them; moves and edits in the order of time."""
    since = as_of - timedelta(days=DAYS)
    recent = [event for event in past.events if event.at.date() > since]
    shown = recent[-MOST:]
    edits = edits_among(past, shown, versions)

    def line(event: Event) -> Line:
        card = board.find(event.card)
        return Line(
            label=card.label if card is not None else event.card,
            href=address_of(board, card) if card is not None else "",
            what=typeset(described(board, event, edits.get(event.order))),
            who=event.author,
            time=f"{event.at:%H:%M}",
            iso=event.at.isoformat(),
            css="" if event.places else "edit",
        )

    days = tuple(
        Day(format_date(day, "full"), day.isoformat(), tuple(map(line, events)))
        for day, events in groupby(reversed(shown), key=lambda event: event.at.date())
    )
    count = len(shown)
    lead = ngettext("{count} change in {days} days", "{count} changes in {days} days", count)
    left = len(recent) - count
    more = ngettext("{count} earlier change is left out", "{count} earlier changes are left out", left)
    return Changelog(days, lead.format(count=count, days=DAYS), more.format(count=left) if left else "")
