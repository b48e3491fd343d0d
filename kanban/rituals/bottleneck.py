"""The bottleneck: the column in which a symptom shows, else the one that lets the fewest cards through."""

from dataclasses import dataclass

from kanban.diagnosis.diagnosis import Row
from kanban.metrics.base.figure import Figure
from kanban.metrics.base.window import weeks_before
from kanban.metrics.baselines import CONVERSION
from kanban.metrics.comparison import WEEKS
from kanban.metrics.flow.narrowest import narrowest
from kanban.metrics.measures import TIME_IN_COLUMN, measured
from kanban.metrics.report import Report
from kanban.model.settings.columns import Column


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """The column that holds the flow up.

    `conversion` is that of the cards decided in the last weeks, `days` the median time in the column of those who left
    it then (None: nobody did), `symptom` what the diagnosis found there (None: it found nothing).
    """

    column: Column
    conversion: Figure
    stay: Figure
    symptom: Row | None = None

    @property
    def rate(self) -> float | None:
        """The share that went on; None: none was decided."""
        return self.conversion.value

    @property
    def n(self) -> int:
        """The cards decided."""
        return self.conversion.n

    @property
    def too_thin(self) -> bool:
        """Whether too few were decided to judge."""
        return self.conversion.too_thin

    @property
    def days(self) -> int | None:
        """Median days in the column."""
        return None if self.stay.value is None else int(self.stay.value)


def bottleneck(report: Report, symptoms: tuple[Row, ...] = ()) -> Bottleneck | None:
    """The column of the first symptom that shows in one; without such a symptom, what the figures say.

    By the figures it is the open column after the first with the lowest conversion of the last weeks, unless on too few
    cards to judge. Two equal rates: the one in which cards stay longer. None when no column has enough decided cards.
    """
    config = report.ledger.config
    for row in symptoms:
        column = config.column(row.column)
        if column is not None:
            return _measured(report, column, row)
    narrow = narrowest(report.ledger, weeks_before(report.as_of, WEEKS))
    return _measured(report, narrow) if narrow is not None else None


def _measured(report: Report, column: Column, symptom: Row | None = None) -> Bottleneck:
    window = weeks_before(report.as_of, WEEKS)
    conversion = measured(report.ledger, CONVERSION, window, column.key)
    stay = measured(report.ledger, TIME_IN_COLUMN, window, column.key)
    return Bottleneck(column, conversion, stay, symptom)
