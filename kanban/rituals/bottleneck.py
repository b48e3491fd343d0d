"""The bottleneck: the column in which a symptom shows, else the one that lets the fewest cards through."""

from dataclasses import dataclass

from kanban.diagnosis.diagnosis import Row
from kanban.metrics.comparison import Comparison
from kanban.metrics.report import Report
from kanban.model.settings.columns import Column

ENOUGH = 5
"""Decided cards below which a rate of conversion says nothing."""


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """The column that holds the flow up.

    `rate` of the `n` cards decided in the last weeks went on (None: none was decided), `days` is the median time in
    the column (None: nobody has left it), `symptom` what the diagnosis found there (None: it found nothing).
    """

    column: Column
    rate: float | None
    n: int
    days: int | None
    symptom: Row | None = None


def bottleneck(report: Report, comparison: Comparison, symptoms: tuple[Row, ...] = ()) -> Bottleneck | None:
    """The column of the first symptom that shows in one; without such a symptom, what the figures say.

    By the figures it is the open column after the first with the lowest conversion of the last weeks, at least five
    cards decided. Two equal rates: the one in which cards stay longer. None when no column has enough decided cards.
    """
    config = report.ledger.config
    for row in symptoms:
        column = config.column(row.column)
        if column is not None:
            return _measured(report, comparison, column, row)
    every = (_measured(report, comparison, column) for column in config.open_columns[1:])
    found = [(one.rate, -(one.days or 0), one) for one in every if one.rate is not None and one.n >= ENOUGH]
    return min(found, key=lambda one: one[:2])[2] if found else None


def _measured(report: Report, comparison: Comparison, column: Column, symptom: Row | None = None) -> Bottleneck:
    rows = (row for row in comparison.rows if row.metric == "conversion" and row.column == column.key)
    row = next(rows, None)
    days = next((one.p50 for one in report.time_in_column if one.column == column.key), None)
    return Bottleneck(column, row.now if row else None, row.n_now if row else 0, days, symptom)
