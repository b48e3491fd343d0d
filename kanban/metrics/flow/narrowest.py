"""The narrowest column: by the figures alone, the one that lets the fewest cards through."""

from collections import Counter

from kanban.metrics.base.ledger import Ledger
from kanban.metrics.base.window import Window
from kanban.metrics.baselines import CONVERSION
from kanban.metrics.measures import TIME_IN_COLUMN, measured
from kanban.metrics.tally import Tally
from kanban.model.settings.columns import Column


def narrowest(told: Tally | Ledger, window: Window) -> Column | None:
    """The open column after the first with the lowest conversion over the window, unless on too few cards to judge.

    Two equal rates: the one in which cards stay longer. None when no column has enough decided cards.
    """
    found = []
    for at, column in enumerate(told.config.open_columns[1:]):
        rate = measured(told, CONVERSION, window, column.key)
        if rate.value is not None and not rate.too_thin:
            stay = measured(told, TIME_IN_COLUMN, window, column.key).value
            found.append((rate.value, -int(stay or 0), at, column))
    return min(found, key=lambda one: one[:3])[3] if found else None


def fullest(tally: Tally) -> Column | None:
    """The open column whose limit is reached or exceeded by most; None when all have room."""
    there = Counter(deal.column for deal in tally.deals.values() if deal.is_open)
    held = [(there[column.key] - (column.wip or 0), column) for column in tally.config.open_columns]
    full = [(over, at, column) for at, (over, column) in enumerate(held) if column.wip and over >= 0]
    return max(full, key=lambda one: one[:2])[2] if full else None
