"""Indicators: what a micro-rule may be meant to move, by name, and how each is measured over a window of days."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kanban.experiments.sample import Sample, mean_level, median, per_week, share
from kanban.metrics.base.intervals import rate_of
from kanban.metrics.base.journeys import LOST, WON
from kanban.metrics.base.ledger import Ledger
from kanban.metrics.base.window import Window
from kanban.metrics.baselines import stage_rate
from kanban.metrics.flow.stock import stock
from kanban.metrics.flow.time_in_column import days_by_column
from kanban.model.settings.board_yml import BoardConfig

PER_WEEK, DAYS, SHARE, CARDS = "per-week", "days", "share", "cards"

Measure = Callable[[Ledger, Window, str], Sample]


@dataclass(frozen=True, slots=True)
class Indicator:
    """`name` as written on tickets, `column` for one column's; `up`: whether more is better."""

    name: str
    column: str
    unit: str
    up: bool
    measure: Measure

    def over(self, ledger: Ledger, window: Window) -> Sample:
        """The indicator over the days of the window."""
        return self.measure(ledger, window, self.column)


def indicator(text: str, config: BoardConfig) -> Indicator | None:
    """The indicator that a ticket names, such as `throughput` or `conversion-offre`; None when there is no such."""
    name = text.strip().lower().replace(" ", "_")
    if name in _BOARD:
        unit, up, measure = _BOARD[name]
        return Indicator(name, "", unit, up, measure)
    kind, _dash, column = name.partition("-")
    found = config.column(column)
    if kind in _COLUMN and found is not None and found.is_open:
        unit, up, measure = _COLUMN[kind]
        return Indicator(name, column, unit, up, measure)
    return None


def names(config: BoardConfig) -> tuple[str, ...]:
    """All indicators of a board."""
    return (*_BOARD, *(f"{kind}-{column.key}" for kind in _COLUMN for column in config.open_columns))


def _wins(ledger: Ledger, window: Window, _column: str) -> Sample:
    ends = sum(one.outcome == WON and one.ended in window for one in ledger.journeys.values())
    return per_week(ends, window.days_from(window.since))


def _arrivals(ledger: Ledger, window: Window, _column: str) -> Sample:
    starts = sum(one.started in window for one in ledger.journeys.values())
    return per_week(starts, window.days_from(window.since))


def _cycle_time(ledger: Ledger, window: Window, _column: str) -> Sample:
    won = (one.days for one in ledger.journeys.values() if one.outcome == WON and one.ended in window)
    return median(days for days in won if days is not None)


def _win_rate(ledger: Ledger, window: Window, _column: str) -> Sample:
    ends = [one.outcome for one in ledger.journeys.values() if one.ended in window and one.outcome in (WON, LOST)]
    return share(rate_of(ends.count(WON), len(ends)))


def _conversion(ledger: Ledger, window: Window, column: str) -> Sample:
    return share(stage_rate(ledger, column, window))


def _time_in_column(ledger: Ledger, window: Window, column: str) -> Sample:
    spent = []
    for journey in ledger.journeys.values():
        left = [stay.until for stay in journey.stays if stay.column == column and stay.until is not None]
        if left and left[-1] in window:
            spent.append(days_by_column(journey)[column])
    return median(spent)


def _wip(ledger: Ledger, window: Window, column: str) -> Sample:
    columns = [column] if column else sorted(ledger.track.counted)
    counts = stock(ledger.journeys.values(), columns, ledger.first, ledger.as_of)
    return mean_level(counts.between(window.since or window.until, window.until, columns))


_BOARD: Mapping[str, tuple[str, bool, Measure]] = {
    "throughput": (PER_WEEK, True, _wins),
    "arrivals": (PER_WEEK, True, _arrivals),
    "cycle_time": (DAYS, False, _cycle_time),
    "win_rate": (SHARE, True, _win_rate),
    "wip": (CARDS, False, _wip),
}
_COLUMN: Mapping[str, tuple[str, bool, Measure]] = {
    "conversion": (SHARE, True, _conversion),
    "time_in_column": (DAYS, False, _time_in_column),
    "wip": (CARDS, False, _wip),
}
