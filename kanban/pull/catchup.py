"""Catch up first: work that is due downstream comes before new prospects (D05)."""

from datetime import date

from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.settings.columns import Column
from kanban.pull.nextaction import is_due


def comes_first(column: Column) -> bool:
    """Whether work in the column comes before new prospects: meeting, offer and negotiation."""
    return column.catches_up


def due_downstream(board: Board, today: date) -> tuple[Card, ...]:
    """Cards in meeting, offer and negotiation whose next action is for `today` or earlier, right to left."""
    columns = [column for column in reversed(board.config.open_columns) if comes_first(column)]
    return tuple(card for column in columns for card in board.in_column(column.key) if is_due(card, today))
