"""The board of a past day, small: its columns with one line a card, and what left it that day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_date, format_days, format_money
from kanban.metrics.base.ledger import Ledger
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.settings.columns import Column
from kanban.render.addresses import card_page
from kanban.render.site_input import Material


@dataclass(frozen=True, slots=True)
class PastCard:
    """One card in one line; `href` is "" for a card that has no page today."""

    account: str
    note: str
    href: str


@dataclass(frozen=True, slots=True)
class PastColumn:
    """A column with its cards, those longest in it first."""

    name: str
    count: str
    cards: tuple[PastCard, ...]


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day of the list: its page, and how much happened."""

    title: str
    href: str
    note: str


def past_columns(board: Board, ledger: Ledger, material: Material, root: str) -> tuple[PastColumn, ...]:
    """The open columns, then each exit with the cards that came into it on the day."""
    config, day = board.config, ledger.as_of
    entered = {card: journey.stays[-1].since for card, journey in ledger.journeys.items()}

    def line(card: Card, *, days: bool) -> PastCard:
        money = format_money(card.amount, short=True) if card.amount is not None else ""
        stood = format_days((day - entered[card.id]).days) if days and card.id in entered else ""
        here = material.board.find(card.id) is not None
        note = " · ".join(part for part in (money, stood) if part)
        return PastCard(card.account or card.title, note, root + card_page(card.id) if here else "")

    def column(one: Column, cards: Iterable[Card], *, days: bool) -> PastColumn:
        found = sorted(cards, key=lambda card: (entered.get(card.id, day), card.id))
        limit = f" / {one.wip}" if one.wip is not None else ""
        return PastColumn(one.title, f"{len(found)}{limit}", tuple(line(card, days=days) for card in found))

    open_columns = tuple(column(one, board.in_column(one.key), days=True) for one in config.open_columns)
    exits = (
        column(one, [card for card in board.in_column(one.key) if entered.get(card.id) == day], days=False)
        for one in config.exits()
    )
    return (*open_columns, *(one for one in exits if one.cards))


def day_lines(material: Material) -> tuple[DayLine, ...]:
    """The past days that have a page, the newest first."""
    happened: dict[date, int] = {}
    for event in material.history or ():
        happened[event.at.date()] = happened.get(event.at.date(), 0) + 1
    found = []
    for one in material.days:
        count = happened.get(one.day, 0)
        note = ngettext("{count} event", "{count} events", count).format(count=count) if count else ""
        found.append(DayLine(_("as it was on {day}").format(day=format_date(one.day, "full")), one.page, note))
    return tuple(found)
