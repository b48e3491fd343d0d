"""Measures: every figure that flows, by name, over a window of days: one definition for all who show or compare it.

The first week of a board counts from its Monday, as in the weeks of the throughput: a window that reaches back before
it begins there.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from kanban.i18n import N_
from kanban.metrics.base.day_count import CALENDAR_DAYS, DayCount
from kanban.metrics.base.figure import CARDS, DAYS, PER_WEEK, SHARE, Figure, mean_level, median, per_week, share
from kanban.metrics.base.intervals import rate_of
from kanban.metrics.base.journeys import LOST, WON
from kanban.metrics.base.ledger import Ledger
from kanban.metrics.base.weeks import monday_of
from kanban.metrics.base.window import Window
from kanban.metrics.baselines import CONVERSION, CYCLE_TIME, THROUGHPUT
from kanban.metrics.cards.standings import milestones_of
from kanban.metrics.flow.conversion import decided_rate
from kanban.metrics.flow.stock import stock_of
from kanban.metrics.flow.time_in_column import days_spent
from kanban.metrics.tally import Tally, tally_of
from kanban.pull.milestones import FOLLOWED_UP, MEETING_HELD
from kanban.values import dataclass

ARRIVALS, WIN_RATE = N_("arrivals"), N_("win_rate")
REPORTS, FOLLOW_UPS = N_("reports_in_time"), N_("follow_ups_in_time")
TIME_IN_COLUMN, WIP = N_("time_in_column"), N_("wip")

REPORT_WITHIN = timedelta(days=1)
"""How soon after a meeting its report is written (the sheet's micro-rule: within 24 hours)."""

_Taken = Callable[[Tally, Window, str, DayCount], Figure]


@dataclass(frozen=True, slots=True)
class Measure:
    """`unit` of the figure, whether more is better, what it is counted on, and how it is taken over a window."""

    unit: str
    up: bool
    population: str
    taken: _Taken


def measured(
    told: Tally | Ledger, metric: str, window: Window, column: str = "", *, count: DayCount = CALENDAR_DAYS
) -> Figure:
    """The figure over the observed days of the window; `column` for those of one stage."""
    found = MEASURES[metric]
    seen = observed(told.first, window)
    tally = told if isinstance(told, Tally) else tally_of(told)
    return found.taken(tally, seen, column, count).named(metric, found.population, column, seen)


def observed(first: date | None, window: Window) -> Window:
    """The days of the window on which a board was there that began on `first`, its first week taken whole."""
    if first is None:
        return window
    begin = monday_of(first)
    return Window(window.until, begin if window.since is None else max(window.since, begin))


def _days(tally: Tally, window: Window) -> int:
    if tally.first is None or window.since is None:
        return 0
    return max(0, (window.until - window.since).days + 1)


def _wins(tally: Tally, window: Window, _column: str, _count: DayCount) -> Figure:
    cards = tally.deals.values()
    ends = sum(one.outcome == WON and one.ended in window and one.started is not None for one in cards)
    return per_week(ends, _days(tally, window))


def _arrivals(tally: Tally, window: Window, _column: str, _count: DayCount) -> Figure:
    return per_week(sum(one.started in window for one in tally.deals.values()), _days(tally, window))


def _cycle_time(tally: Tally, window: Window, _column: str, count: DayCount) -> Figure:
    won = (one for one in tally.deals.values() if one.outcome == WON and one.ended in window)
    return median(count.inclusive(start, end) for one in won if (start := one.started) and (end := one.ended))


def _win_rate(tally: Tally, window: Window, _column: str, _count: DayCount) -> Figure:
    ends = [one.outcome for one in tally.deals.values() if one.ended in window and one.outcome in (WON, LOST)]
    return share(rate_of(ends.count(WON), len(ends)))


def _conversion(tally: Tally, window: Window, column: str, _count: DayCount) -> Figure:
    return share(decided_rate(tally.decided.get(column, ()), window))


def _time_in_column(tally: Tally, window: Window, column: str, _count: DayCount) -> Figure:
    """In calendar days, whatever days are counted else."""
    visits = tally.visits if tally.count == CALENDAR_DAYS else tally_of(tally.ledger).visits
    return median(days_spent(visits, window).get(column, []))


def _wip(tally: Tally, window: Window, column: str, _count: DayCount) -> Figure:
    columns = [column] if column else sorted(tally.track.counted)
    counts = stock_of(tally.comings, columns, tally.first, tally.as_of)
    return mean_level(counts.between(window.since or window.until, window.until, columns))


def _reports(tally: Tally, window: Window, _column: str, _count: DayCount) -> Figure:
    """Of the meetings held in the window, those of which somebody said within a day what came of them."""
    held = [one for one in milestones_of(tally.ledger) if one.kind == MEETING_HELD and one.on in window]
    over = [one for one in held if one.told is not None or one.on + REPORT_WITHIN < tally.as_of]
    return share(rate_of(sum(one.told is not None and one.told <= one.on + REPORT_WITHIN for one in over), len(over)))


def _follow_ups(tally: Tally, window: Window, _column: str, _count: DayCount) -> Figure:
    """Of the follow-ups made in the window, those made on their day."""
    made = [one for one in milestones_of(tally.ledger) if one.kind == FOLLOWED_UP and one.on in window]
    return share(rate_of(sum(one.on == one.due for one in made), len(made)))


MEASURES: Mapping[str, Measure] = {
    THROUGHPUT: Measure(PER_WEEK, True, "won", _wins),
    ARRIVALS: Measure(PER_WEEK, True, "started", _arrivals),
    CYCLE_TIME: Measure(DAYS, False, "won", _cycle_time),
    WIN_RATE: Measure(SHARE, True, "decided", _win_rate),
    REPORTS: Measure(SHARE, True, "held", _reports),
    FOLLOW_UPS: Measure(SHARE, True, "made", _follow_ups),
    CONVERSION: Measure(SHARE, True, "decided", _conversion),
    TIME_IN_COLUMN: Measure(DAYS, False, "left", _time_in_column),
    WIP: Measure(CARDS, False, "days", _wip),
}
