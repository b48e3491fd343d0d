"""Stress test (D35): is the last open column fuller than it used to be?

W: the cards there now. Its history: the mean of the counts at the end of each day of the 13 complete weeks before
(fewer on a younger board). Above 1.5 times that, deals will take longer unless its WIP goes down.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from kanban.forecast.evidence import Evidence
from kanban.metrics.base.weeks import complete_mondays
from kanban.metrics.flow.stock import stock

WEEKS, FACTOR = 13, 1.5


@dataclass(frozen=True, slots=True)
class Stress:
    """W against its history. `history` is None before the first complete week; `weeks` is how many it rests on."""

    column: str
    w: int
    history: float | None
    weeks: int

    @property
    def stressed(self) -> bool:
        """Whether W is above 1.5 times its history."""
        return self.history is not None and self.w > FACTOR * self.history

    @property
    def ratio(self) -> float | None:
        """W / its history; None where there is none, or it is 0."""
        return self.w / self.history if self.history else None


def stress(evidence: Evidence) -> Stress:
    """The stress test on the evidence's day."""
    column = evidence.track.open_columns[-1] if evidence.track.open_columns else ""
    counts = stock(evidence.journeys.values(), [column], evidence.first, evidence.as_of)
    now = counts.on(evidence.as_of).get(column, 0)
    mondays = complete_mondays(evidence.first, evidence.as_of)[-WEEKS:] if evidence.first else ()
    if not mondays:
        return Stress(column, now, None, 0)
    days = counts.between(mondays[0], mondays[-1] + timedelta(days=6), [column])
    return Stress(column, now, sum(days) / (7 * len(mondays)), len(mondays))
