"""The golden nine-card history as values: the board as it stands on 31 March 2025, and its events."""

from __future__ import annotations

from kanban.model.cards.board import Board
from kanban.model.history.events import History
from tests.boards import board_of
from tests.golden_nine import MOVES
from tests.metrics.telling import BOARD, told

LAST = {card: line.split()[-1][0] for card, line in MOVES.items()}


def golden_history() -> History:
    """Every move of the nine cards."""
    return told(MOVES)


def golden_board() -> Board:
    """The nine cards where they stand at the end."""
    cards: dict[str, str | bytes] = {
        f"{column}/{card}.md": f"---\naccount: {card.upper()}\nowner: Zoé\n---\n" for card, column in LAST.items()
    }
    return board_of(cards, BOARD.decode())
