"""Baseline: what a metric was at the start, measured over the weeks before the ones now judged.

The weeks judged are the last complete ones (as many as the target gives itself, 8 by default), or those since the day
the target declares. The weeks before count only if the board was watched for all of them.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from kanban.metrics.base.intervals import Rate
from kanban.metrics.base.ledger import Ledger
from kanban.metrics.base.weeks import WEEK
from kanban.metrics.base.window import Window, weeks_before
from kanban.metrics.flow.conversion import decided_rate
from kanban.metrics.flow.cycle_time import Spread, cycle_time
from kanban.metrics.flow.throughput import throughput
from kanban.model.settings.policies import Target


@dataclass(frozen=True, slots=True)
class Spans:
    """The weeks judged, and as many before; `before` is None when they were not wholly observed."""

    now: Window
    before: Window | None


def spans(target: Target, first: date | None, as_of: date) -> Spans:
    """The two spans of a target, for a board whose first event was on `first`."""
    now = weeks_before(as_of, target.weeks)
    if target.since is not None:
        end = min(as_of, target.since + WEEK * target.weeks - timedelta(days=1))
        now = Window(max(end, target.since), target.since)
    since = now.since or now.until
    begin = since - WEEK * target.weeks
    observed = first is not None and first < begin + WEEK
    return Spans(now, Window(since - timedelta(days=1), begin) if observed else None)


def wins_per_week(ledger: Ledger, window: Window | None) -> tuple[float | None, int]:
    """Mean wins per complete week of the window, and how many weeks that is; (None, 0) without any."""
    if window is None:
        return None, 0
    weeks = throughput(ledger.journeys.values(), ledger.first, window).weeks
    return (sum(week.won for week in weeks) / len(weeks) if weeks else None), len(weeks)


def won_spread(ledger: Ledger, window: Window | None) -> Spread:
    """Cycle times of the cards won in the window."""
    if window is None:
        return Spread(0, None, None, None, None)
    return cycle_time(ledger.journeys.values(), window).won


def stage_rate(ledger: Ledger, column: str, window: Window | None) -> Rate:
    """The conversion of a column by the decisions of the window."""
    if window is None:
        return Rate(None, None, None, 0)
    return decided_rate(ledger.passages.through.get(column, ()), window)
