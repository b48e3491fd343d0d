"""How a company or a person stands: deals open and closed, what they are worth, what happens next and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.cards.directory.entry import Entry
from kanban.model.text.notes import every_note


@dataclass(frozen=True)
class Standing:
    """The deals of one company or person, in the board's order. Amounts are by currency; `next` is the open deal whose
    next action comes first, None when none has a day.
    """

    open: tuple[Card, ...]
    won: tuple[Card, ...]
    closed: tuple[Card, ...]
    worth: dict[str, Decimal]
    won_worth: dict[str, Decimal]
    next: Card | None


def standing_of(board: Board, entry: Entry) -> Standing:
    """How it stands on a board."""
    deals = board.directory.deals_of(entry)
    by_kind: dict[str, list[Card]] = {}
    for card in deals:
        by_kind.setdefault(board.column_of(card).kind, []).append(card)
    still, won = tuple(by_kind.get("open", ())), tuple(by_kind.get("won", ()))
    dated = [card for card in still if card.next_action_date is not None]
    soonest = min(
        dated, key=lambda card: card.next_action_date.sort_key() if card.next_action_date else (date.max,), default=None
    )
    closed = tuple(card for card in deals if card not in still)
    return Standing(still, won, closed, _worth(still), _worth(won), soonest)


def _first(card: Card) -> tuple[object, ...]:
    when = card.next_action_date
    return (card.id,) if when is None else (*when.sort_key(), card.id)


@dataclass(frozen=True, slots=True)
class Said:
    """One dated note of one of the deals."""

    day: date
    card: Card
    lines: tuple[str, ...]


def notes_of(deals: Iterable[Card], most: int = 20) -> tuple[Said, ...]:
    """The dated notes of all the deals, the newest first."""
    found = [
        Said(note.day, card, note.bullets or tuple(text for _line, text in note.points))
        for card in deals
        for note in every_note(card.body)
        if note.day is not None
    ]
    return tuple(sorted((one for one in found if one.lines), key=lambda one: one.day, reverse=True)[:most])


def _worth(cards: Iterable[Card]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for card in cards:
        if card.amount is not None:
            found[card.amount.currency] = found.get(card.amount.currency, Decimal()) + card.amount.amount
    return found
