"""The narrowest column: by the figures alone, the one that lets the fewest cards through."""

from kanban.metrics.base.ledger import Ledger
from kanban.metrics.base.window import Window
from kanban.metrics.measures import CONVERSION, TIME_IN_COLUMN, measured
from kanban.model.settings.columns import Column


def narrowest(ledger: Ledger, window: Window) -> Column | None:
    """The open column after the first with the lowest conversion over the window, unless on too few cards to judge.

    Two equal rates: the one in which cards stay longer. None when no column has enough decided cards.
    """
    found = []
    for at, column in enumerate(ledger.config.open_columns[1:]):
        rate = measured(ledger, CONVERSION, window, column.key)
        if rate.value is not None and not rate.too_thin:
            stay = measured(ledger, TIME_IN_COLUMN, window, column.key).value
            found.append((rate.value, -int(stay or 0), at, column))
    return min(found, key=lambda one: one[:3])[3] if found else None


def fullest(ledger: Ledger) -> Column | None:
    """The open column whose limit is reached or exceeded by most; None when all have room."""
    board = ledger.board
    held = [(len(board.in_column(column.key)) - (column.wip or 0), column) for column in ledger.config.open_columns]
    full = [(over, at, column) for at, (over, column) in enumerate(held) if column.wip and over >= 0]
    return max(full, key=lambda one: one[:2])[2] if full else None
