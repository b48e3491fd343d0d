"""Cards looked for by words, everywhere; and which cards a hand shows while a filter is on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.cards.condition import Condition, condition_typed
from kanban.model.cards.search import find


@dataclass(frozen=True, slots=True)
class Found:
    """A card in which every word stands; `line` is where they weigh most."""

    id: str
    label: str
    column: str
    column_title: str
    line: str


def found_by(board: Board, text: str, most: int) -> tuple[Found, ...]:
    """The cards that hold every word of the text, closed and archived ones too, the best first."""
    ranked = find(board.cards, board, text.split())
    return tuple(_found(board, one.card, one.lines[0].text if one.lines else "") for one in ranked[:most])


def _found(board: Board, card: Card, line: str) -> Found:
    column = board.column_of(card)
    return Found(card.id, card.label, column.key, column.title, line.strip())


def narrowing(text: str, board: Board, today: date) -> Condition | None:
    """What a filter asks of a card: a condition as after `--where` (`amount > 20k`), else words; None for an empty one.

    Raises KanbanError for a condition that cannot be understood.
    """
    if not text.strip():
        return None
    if set(text) & set("=<>~!"):
        return condition_typed(text, board, today)
    words = text.split()
    return lambda card: bool(find([card], board, words))
