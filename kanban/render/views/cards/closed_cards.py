"""Closed cards: the rail on the board page with what ended lately, and the archive with all of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_date
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.settings.columns import Column
from kanban.render.addresses import address_of, anchor_of, slug
from kanban.render.views.wall.card_on_board import Owners, amount_of, broken_of
from kanban.render.views.wall.columns import money_sum
from kanban.render.views.wall.states import is_hidden

_MOST_LINES = 8


@dataclass(frozen=True, slots=True)
class Line:
    """A closed card in one line."""

    anchor: str
    href: str
    account: str
    note: str
    day: str
    css: str
    owner_key: str
    find: str


@dataclass(frozen=True, slots=True)
class ExitGroup:
    """The cards that lately reached one exit."""

    anchor: str
    name: str
    count: int
    sum: str
    cards: tuple[Line, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Rail:
    """The closed cards on the board page."""

    title: str
    note: str
    groups: tuple[ExitGroup, ...]
    more: str


def rail(board: Board, ended: Mapping[str, date], as_of: date, owners: Owners) -> Rail:
    """Won, lost and parked lately. `ended` is each closed card's day of exit; a card without one is shown."""
    days = board.config.site.closed_days
    groups = []
    for column in board.config.exits():
        cards = board.in_column(column.key)
        lately = [card for card in cards if is_recent(board, card, ended, as_of)]
        lately.sort(key=lambda card: (-ended.get(card.id, date.min).toordinal(), card.label.casefold()))
        groups.append(_group(board, column, lately, ended, owners))
    note = ngettext("in the last {days} day", "in the last {days} days", days).format(days=days)
    return Rail(_("Closed"), note, tuple(groups), _("All closed cards"))


def is_recent(board: Board, card: Card, ended: Mapping[str, date], as_of: date) -> bool:
    """Whether a closed card still stands on the board page; one without a known day does."""
    return ended.get(card.id, as_of) > as_of - timedelta(days=board.config.site.closed_days)


def _group(board: Board, column: Column, cards: list[Card], ended: Mapping[str, date], owners: Owners) -> ExitGroup:
    left = len(cards) - _MOST_LINES
    return ExitGroup(
        anchor=f"column-{slug(column.key)}",
        name=column.title,
        count=len(cards),
        sum=_heading(column, cards),
        cards=tuple(_line(board, card, column, ended.get(card.id), owners) for card in cards[:_MOST_LINES]),
        more=ngettext("and {count} more", "and {count} more", left).format(count=left) if left > 0 else "",
    )


def _heading(column: Column, cards: list[Card]) -> str:
    """What stands above the notes of a group's lines: the sum of the amounts won, or what the days are."""
    if column.kind == "won":
        return money_sum(card.amount for card in cards if card.amount is not None)
    return _("until") if any(_parked_until(card) for card in cards) and column.kind == "parked" else ""


def _line(board: Board, card: Card, column: Column, day: date | None, owners: Owners) -> Line:
    return Line(
        anchor=anchor_of(board, card),
        href=address_of(board, card),
        account=card.label,
        note=_parked_until(card) if column.kind == "parked" and card.readable else outcome_of(card, column),
        day=format_date(day, "medium") if day else "",
        css=column.kind if card.readable else f"{column.kind} unreadable",
        owner_key=owners.keys.get(card.owner, ""),
        find=" ".join(part for part in (card.title, card.owner) if part),
    )


def outcome_of(card: Card, column: Column) -> str:
    """What a closed card's line says: the amount won, the reason of the loss, the end of the parking."""
    broken = broken_of(card)
    if broken is not None:
        return broken.where
    if column.kind == "lost":
        none = "" if is_hidden(card, "lost_reason") else _("no reason")
        return _(card.lost_reason) if card.lost_reason else none
    if column.kind == "parked":
        until = _parked_until(card)
        return _("until {day}").format(day=until) if until else ""
    return amount_of(card)


def _parked_until(card: Card) -> str:
    until = card.values.get("parked_until")
    return format_date(until, "short") if isinstance(until, date) else ""
