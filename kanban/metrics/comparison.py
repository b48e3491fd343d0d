"""Comparison: the figures of two windows side by side, each from the same definitions.

Counts are turned into rates per week, so that windows of different lengths can be compared. A window that reaches
back before the board's first event is measured from that event on, and says how many days that left.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from kanban.metrics.base.weeks import WEEK
from kanban.metrics.base.window import Window, weeks_before
from kanban.metrics.baselines import stage_rate
from kanban.metrics.flow.stock import Stock
from kanban.metrics.report import Report

WEEKS = 8


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure now and then. `unit` is `per-week`, `days`, `share` or `cards`; `n`: the cards or days it rests on.

    `more_is_better` is None where neither direction is.
    """

    metric: str
    unit: str
    now: float | None
    then: float | None
    n_now: int
    n_then: int
    more_is_better: bool | None
    column: str = ""

    @property
    def change(self) -> float | None:
        """`now` minus `then`; None where one of them is missing."""
        return None if self.now is None or self.then is None else self.now - self.then

    @property
    def verdict(self) -> str:
        """`better`, `worse`, `same`, or "" where it cannot be said."""
        if self.change is None or self.more_is_better is None:
            return ""
        if self.change == 0:
            return "same"
        return "better" if (self.change > 0) == self.more_is_better else "worse"


@dataclass(frozen=True)
class Comparison:
    """Two windows, days of each that were observed, and their differences."""

    now: Window
    then: Window
    days_now: int
    days_then: int
    rows: tuple[Difference, ...]


def window_before(window: Window) -> Window:
    """The window of the same length that ends the day before; the last 8 complete weeks' when it has no beginning."""
    bounded = window if window.since is not None else weeks_before(window.until, WEEKS)
    since = bounded.since or bounded.until
    length = bounded.until - since
    until = since - timedelta(days=1)
    return Window(until, until - length)


def compare(report: Report, then: Window) -> Comparison:
    """The report's window (the last 8 complete weeks when it has no beginning) beside another one."""
    window = report.window if report.window.since is not None else weeks_before(report.window.until, WEEKS)
    now = Report(report.ledger, window, report.count)
    before = Report(report.ledger, then, report.count)
    days = window.days_from(report.ledger.first), then.days_from(report.ledger.first)
    rows = (*_flow(now, before, *days, report.stock), *_conversions(now, before))
    return Comparison(window, then, *days, rows)


def _flow(now: Report, then: Report, days_now: int, days_then: int, stock: Stock) -> Iterator[Difference]:
    def weekly(metric: str, counts: tuple[int, int], more_is_better: bool | None) -> Difference:
        here = counts[0] / days_now * WEEK.days if days_now else None
        there = counts[1] / days_then * WEEK.days if days_then else None
        return Difference(metric, "per-week", here, there, *counts, more_is_better)

    yield weekly("throughput", (now.throughput.won, then.throughput.won), True)
    yield weekly("arrivals", (now.arrivals.count, then.arrivals.count), None)
    here, there = now.cycle_time.won, then.cycle_time.won
    yield Difference("cycle_time", "days", here.p50, there.p50, here.n, there.n, False)
    wins, lost = now.win_rate.plain, then.win_rate.plain
    yield Difference("win_rate", "share", wins.rate, lost.rate, wins.n, lost.n, True)
    means = [_mean_wip(report, stock) for report in (now, then)]
    yield Difference("wip", "cards", means[0], means[1], days_now, days_then, None)


def _mean_wip(report: Report, stock: Stock) -> float | None:
    """Mean of the end-of-day counts of the window's observed days."""
    first = report.window.first(report.ledger.first)
    if first is None:
        return None
    counts = stock.between(first, report.window.until, report.ledger.track.counted)
    return sum(counts) / len(counts) if counts else None


def _conversions(now: Report, then: Report) -> Iterator[Difference]:
    """By decision: each card counts in the window in which it went on or left."""
    for column in now.ledger.track.open_columns:
        here = stage_rate(now.ledger, column, now.window)
        there = stage_rate(then.ledger, column, then.window)
        yield Difference("conversion", "share", here.rate, there.rate, here.n, there.n, True, column)
