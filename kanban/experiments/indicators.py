"""Indicators: what a micro-rule may be meant to move, by name: measures of the board or of one column."""

from dataclasses import dataclass

from kanban.metrics import measures
from kanban.metrics.base.figure import Figure
from kanban.metrics.base.ledger import Ledger
from kanban.metrics.base.window import Window
from kanban.metrics.measures import MEASURES, measured
from kanban.model.settings.board_yml import BoardConfig

_BOARD = (measures.THROUGHPUT, measures.ARRIVALS, measures.CYCLE_TIME, measures.WIN_RATE, measures.WIP)
_COLUMN = (measures.CONVERSION, measures.TIME_IN_COLUMN, measures.WIP)


@dataclass(frozen=True, slots=True)
class Indicator:
    """`name` as written on tickets, of a `metric`, `column` for one column's; `up`: whether more is better."""

    name: str
    metric: str
    column: str
    unit: str
    up: bool

    def over(self, ledger: Ledger, window: Window) -> Figure:
        """The indicator over the days of the window."""
        return measured(ledger, self.metric, window, self.column)


def indicator(text: str, config: BoardConfig) -> Indicator | None:
    """The indicator that a ticket names, such as `throughput` or `conversion-offre`; None when there is no such."""
    name = text.strip().lower().replace(" ", "_")
    if name in _BOARD:
        return _of(name, name, "")
    kind, _dash, column = name.partition("-")
    found = config.column(column)
    return _of(name, kind, column) if kind in _COLUMN and found is not None and found.is_open else None


def _of(name: str, metric: str, column: str) -> Indicator:
    found = MEASURES[metric]
    return Indicator(name, metric, column, found.unit, found.up)


def names(config: BoardConfig) -> tuple[str, ...]:
    """All indicators of a board."""
    return (*_BOARD, *(f"{kind}-{column.key}" for kind in _COLUMN for column in config.open_columns))
