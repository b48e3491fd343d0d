"""Comparison: the figures of two windows side by side, each from the same definitions.

Counts are turned into rates per week, so that windows of different lengths can be compared. A window that reaches
back before the board's first event is measured from that event on, and says how many days that left.
"""

from collections.abc import Iterator
from datetime import timedelta

from kanban.metrics.base.figure import BETTER, CHANCE, SAME, WORSE, Figure, Shift, by_chance, mean_level, shift
from kanban.metrics.base.window import Window, weeks_before
from kanban.metrics.baselines import CONVERSION, CYCLE_TIME, THROUGHPUT
from kanban.metrics.measures import ARRIVALS, WIN_RATE, WIP, measured, observed
from kanban.metrics.report import Figures
from kanban.values import dataclass

WEEKS = 8
_FLOW = ((THROUGHPUT, True), (ARRIVALS, None), (CYCLE_TIME, False), (WIN_RATE, True))


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure now and then. `more_is_better` is None where neither direction is."""

    now: Figure
    then: Figure
    more_is_better: bool | None

    @property
    def metric(self) -> str:
        """What is compared."""
        return self.now.metric

    @property
    def column(self) -> str:
        """The stage it is about, else ""."""
        return self.now.column

    @property
    def unit(self) -> str:
        """The unit of both figures."""
        return self.now.unit

    @property
    def change(self) -> Shift:
        """`now` minus `then`, with its interval."""
        return shift(self.then, self.now)

    @property
    def verdict(self) -> str:
        """The direction: `better`, `worse`, `same`, or "" where there is none. See `chance` before it is told."""
        change = self.change.value
        if change is None or self.more_is_better is None:
            return ""
        if change == 0:
            return SAME
        return BETTER if (change > 0) == self.more_is_better else WORSE

    @property
    def chance(self) -> bool:
        """Whether the difference may be chance."""
        return by_chance(self.then, self.now)

    @property
    def told(self) -> str:
        """What may be said of the direction: `chance` where that is all it may be."""
        return CHANCE if self.verdict in (BETTER, WORSE) and self.chance else self.verdict


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


def compare(report: Figures, then: Window) -> Comparison:
    """The report's window (the last 8 complete weeks when it has no beginning) beside another one."""
    window = report.window if report.window.since is not None else weeks_before(report.window.until, WEEKS)
    days = window.days_from(report.tally.first), then.days_from(report.tally.first)
    return Comparison(window, then, *days, tuple(_rows(report, window, then)))


def _rows(report: Figures, now: Window, then: Window) -> Iterator[Difference]:
    """Conversions by decision: each card counts in the window in which it went on or left."""

    def over(window: Window, metric: str, column: str = "") -> Figure:
        return measured(report.tally, metric, window, column, count=report.count)

    for metric, more_is_better in _FLOW:
        yield Difference(over(now, metric), over(then, metric), more_is_better)
    yield Difference(_mean_wip(report, now), _mean_wip(report, then), None)
    for column in report.tally.track.open_columns:
        yield Difference(over(now, CONVERSION, column), over(then, CONVERSION, column), True)


def _mean_wip(report: Figures, window: Window) -> Figure:
    """As measured, on the stock that is at hand."""
    seen = observed(report.tally.first, window)
    counts = report.stock.between(seen.since or seen.until, seen.until, report.tally.track.counted)
    return mean_level(counts).named(WIP, "days", "", seen)
