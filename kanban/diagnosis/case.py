"""Case: what a symptom is looked for in: the ledger, its numbers over the last weeks, the forecast, the thresholds."""

from dataclasses import dataclass
from functools import cached_property

from kanban.diagnosis.thresholds import threshold
from kanban.forecast.forecast import Forecast
from kanban.metrics.base.ledger import Ledger
from kanban.metrics.base.window import Window, weeks_before
from kanban.metrics.cards.ageing import Ageing
from kanban.metrics.report import Report
from kanban.model.settings.columns import Column


@dataclass(frozen=True)
class Case:
    """One board on one day; `forecast` is what to expect then."""

    ledger: Ledger
    forecast: Forecast

    def threshold(self, name: str) -> float:
        """From where on a symptom is reported."""
        return threshold(self.ledger.config, name)

    @cached_property
    def weeks(self) -> int:
        """How many complete weeks are looked at."""
        return max(1, int(self.threshold("weeks")))

    @cached_property
    def window(self) -> Window:
        """Those weeks."""
        return weeks_before(self.ledger.as_of, self.weeks)

    @cached_property
    def report(self) -> Report:
        """The numbers of those weeks."""
        return Report(self.ledger, self.window)

    def stage(self, stage: str) -> Column | None:
        """The column that is this step of the sale."""
        return self.ledger.config.stage(stage)

    def standing(self, column: Column) -> tuple[Ageing, ...]:
        """The cards that stand in a column, those longest there first."""
        found = [one for one in self.report.age if one.column == column.key]
        return tuple(sorted(found, key=lambda one: (-one.clocks.column_days, one.card)))

    def limit(self, column: Column) -> int | None:
        """The column's WIP limit in force."""
        return self.ledger.limits.on(self.ledger.as_of).get(column.key)
