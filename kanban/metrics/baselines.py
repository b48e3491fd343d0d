"""Baseline: what a metric was at the start, measured over the weeks before the ones now judged.

The weeks judged are the last complete ones (as many as the target gives itself, 8 by default), or those since the day
the target declares. The weeks before count only if the board was watched for all of them.
"""

from datetime import date, timedelta

from kanban.i18n import N_
from kanban.metrics.base.weeks import WEEK
from kanban.metrics.base.window import Window, weeks_before
from kanban.model.settings.policies import Target
from kanban.values import dataclass

THROUGHPUT, CYCLE_TIME, CONVERSION = N_("throughput"), N_("cycle_time"), N_("conversion")
IDLE, PIPELINE = "card_age", "weighted_pipeline"
NEGOTIATION, NEXT_ACTION = "negotiation_age", "without_next_action"
METRICS = (THROUGHPUT, CYCLE_TIME, CONVERSION, IDLE, PIPELINE, NEGOTIATION, NEXT_ACTION)
"""The names under which `board.yml` may declare targets; `conversion-offre` is for one stage."""


@dataclass(frozen=True, slots=True)
class Spans:
    """The weeks judged, and as many before; `before` is None when they were not wholly observed."""

    now: Window
    before: Window | None


def spans(target: Target, first: date | None, as_of: date) -> Spans:
    """The two spans of a target, for a board whose first event was on `first`."""
    now = weeks_before(as_of, target.weeks)
    if target.since is not None and target.since <= as_of:
        end = min(as_of, target.since + WEEK * target.weeks - timedelta(days=1))
        now = Window(end, target.since)
    since = now.since or now.until
    begin = since - WEEK * target.weeks
    observed = first is not None and first < begin + WEEK
    return Spans(now, Window(since - timedelta(days=1), begin) if observed else None)
