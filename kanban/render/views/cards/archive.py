"""The archive: every closed card, newest first, by the month in which it ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_date
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.render.addresses import address_of
from kanban.render.views.cards.closed_cards import outcome_of
from kanban.render.views.wall.card_on_board import amount_of
from kanban.render.views.wall.columns import money_sum

UNDATED = "undated"
_ROWS_PER_PAGE = 400


@dataclass(frozen=True, slots=True)
class Row:
    """One closed card."""

    href: str
    account: str
    title: str
    css: str
    outcome: str
    detail: str
    amount: str
    owner: str
    day: str
    iso: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many cards reached one exit in a period."""

    name: str
    css: str
    count: int
    sum: str


@dataclass(frozen=True, slots=True)
class Period:
    """One page's worth of closed cards: a year, or a month of a year with many."""

    key: str
    title: str
    address: str
    tallies: tuple[Tally, ...]
    cards: tuple[Card, ...]

    @property
    def count(self) -> str:
        """The number of cards in words."""
        return ngettext("{count} card", "{count} cards", len(self.cards)).format(count=len(self.cards))


def periods(board: Board, ended: Mapping[str, date]) -> tuple[Period, ...]:
    """All closed cards by year of their end, newest first; a year with more than 400 is split by month."""
    by_year: dict[str, list[Card]] = {}
    for card in board.cards:
        if not board.is_open(card):
            day = ended.get(card.id)
            by_year.setdefault(f"{day.year:04}" if day else UNDATED, []).append(card)
    found = []
    for year in sorted(by_year, key=lambda key: (key != UNDATED, key), reverse=True):
        cards = by_year[year]
        if year == UNDATED or len(cards) <= _ROWS_PER_PAGE:
            found.append(_period(board, year, cards, ended))
            continue
        months: dict[str, list[Card]] = {}
        for card in cards:
            months.setdefault(f"{ended[card.id]:%Y-%m}", []).append(card)
        found += [_period(board, month, months[month], ended) for month in sorted(months, reverse=True)]
    return tuple(found)


def _period(board: Board, key: str, cards: list[Card], ended: Mapping[str, date]) -> Period:
    cards = sorted(cards, key=lambda card: (card.label.casefold(), card.path))
    cards.sort(key=lambda card: ended.get(card.id, date.min), reverse=True)
    tallies = []
    for column in board.config.exits():
        here = [card for card in cards if card.column == column.key]
        if here:
            won = money_sum(card.amount for card in here if card.amount is not None) if column.kind == "won" else ""
            tallies.append(Tally(column.title, column.kind, len(here), won))
    return Period(key, _title(key), f"archive/{key}.html", tuple(tallies), tuple(cards))


def _title(key: str) -> str:
    if key == UNDATED:
        return _("Without a known date")
    if len(key) == 4:
        return key
    year, month = key.split("-")
    return format_date(date(int(year), int(month), 1), "month")


def rows(board: Board, period: Period, ended: Mapping[str, date], root: str) -> tuple[Row, ...]:
    """The table of one period."""
    found = []
    for card in period.cards:
        column, day = board.column_of(card), ended.get(card.id)
        found.append(
            Row(
                href=root + address_of(board, card),
                account=card.label,
                title=card.title if card.title != card.label else "",
                css=column.kind,
                outcome=column.title,
                detail="" if column.kind == "won" else outcome_of(card, column),
                amount=amount_of(card),
                owner=card.owner,
                day=format_date(day, "medium") if day else "",
                iso=day.isoformat() if day else "",
            )
        )
    return tuple(found)
