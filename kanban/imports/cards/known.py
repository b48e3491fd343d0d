"""What this repository knows of imported deals: which card each is, and what the last import wrote on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kanban.imports.deals.deal import Value, same_origin
from kanban.imports.deals.reading import ORIGIN
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.history.events import Event, History
from kanban.model.text.cardfile import parse_document
from kanban.repository.git.repository import Repository


@dataclass(frozen=True, slots=True)
class Written:
    """What the last import wrote on a card: its fields, the column it put it in, and how many steps it has told."""

    fields: Mapping[str, Value]
    column: str
    steps: int


@dataclass(frozen=True)
class Known:
    """Origin → card on the board; origin → what the last import wrote; origins of cards that were deleted here;

    the ids that are taken for ever, those of deleted cards too.
    """

    cards: Mapping[str, Card]
    written: Mapping[str, Written]
    deleted: frozenset[str]
    taken: set[str] = field(default_factory=set)


def known_in(repository: Repository, board: Board, history: History) -> Known:
    """All of it, from the board in HEAD and its history: no file of our own is kept, so none can be out of step."""
    cards = {same_origin(told): card for card in board.cards if card.mentions(ORIGIN) and (told := card.get(ORIGIN))}
    ids = {card.id: origin for origin, card in cards.items()}
    last = {card: event for card in ids if (event := _last_import(history, card)) is not None}
    gone = _deleted(board, history)
    contents = repository.read_blobs([event.blob for event in (*last.values(), *gone)])
    written = {}
    for card, event in last.items():
        steps = sum(1 for one in history.of(card) if one.places and one.commit in history.imports)
        written[ids[card]] = Written(_fields(contents.get(event.blob)), event.to_column or "", steps)
    origins = (str(_fields(contents.get(event.blob)).get(ORIGIN, "")) for event in gone)
    deleted = set(map(same_origin, origins)) - {"", *cards}
    taken = {card.id for card in board.cards} | set(board.renames) | set(history.cards)
    return Known(cards, written, frozenset(deleted), taken)


def _last_import(history: History, card: str) -> Event | None:
    return next((one for one in reversed(history.of(card)) if one.commit in history.imports and one.blob), None)


def _deleted(board: Board, history: History) -> list[Event]:
    """The last version of each imported card that is not on the board any more."""
    here = {card.id for card in board.cards}
    gone = (history.of(card) for card in history.cards if card not in here)
    brought = (events for events in gone if any(one.commit in history.imports for one in events))
    return [next(one for one in reversed(events) if one.blob) for events in brought if any(one.blob for one in events)]


def _fields(data: bytes | None) -> dict[str, Value]:
    return {one.key: one.value for one in parse_document(data).fields} if data else {}
