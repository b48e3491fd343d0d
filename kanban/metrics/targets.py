"""Targets: each metric against where it started, where it should go, its light, and what to do when the light is red.

Declared in `board.yml` (`targets:`), else from the sheet: throughput +15 to +30 % and median cycle time −30 % within
8 weeks, conversion per stage +5 points, no open card without a dated next action, none idle for over a week, none in
negotiation past its last green day. Where no baseline is declared, the start value is the same metric over the weeks
before. A light stays `none` while there is nothing to compare, or while the difference could well be chance.
"""

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

from kanban.metrics.base.figure import CARDS, DAYS, SHARE, Figure, by_chance, plain_figure, share, shift
from kanban.metrics.base.intervals import Rate
from kanban.metrics.base.window import Window, weeks_before, whole_weeks
from kanban.metrics.baselines import (
    CONVERSION,
    CYCLE_TIME,
    IDLE,
    NEGOTIATION,
    NEXT_ACTION,
    PIPELINE,
    THROUGHPUT,
    Spans,
    spans,
)
from kanban.metrics.cards.weighted_pipeline import WeightedPipeline
from kanban.metrics.clock_days import Clocks
from kanban.metrics.flow.narrowest import fullest, narrowest
from kanban.metrics.measures import measured
from kanban.metrics.tally import Tally
from kanban.model.settings.columns import Column
from kanban.model.settings.policies import Target
from kanban.pull.cadence import age_light, age_limits, is_stale
from kanban.pull.nextaction import Lacking
from kanban.values import dataclass

FIGURE_FIELDS = tuple(one.name for one in fields(Figure))
MORE, MORE_AT_BEST, FASTER, POINTS = Decimal("1.15"), Decimal("1.30"), Decimal("0.70"), Decimal("0.05")


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRow(Figure):
    """One line of the table: the figure now, where it started, and where it should go.

    Where the weeks judged are counted, `n` is how many (`population` is `weeks`). `declared_since` and `span` are the
    weeks that the target gives itself. `chance`: the difference from the start may be nothing but that. `action` is
    the board's own text for red; "" where the sheet's applies. `narrow` is the column that holds the flow up (D24).
    """

    baseline: float | None
    target: float | None
    target_high: float | None = None
    declared_since: date | None = None
    span: int = 8
    chance: bool = False
    action: str = ""
    narrow: Column | None = None


def targets(tally: Tally, clocks: Sequence[tuple[str, Clocks]], money: WeightedPipeline) -> tuple[TargetRow, ...]:
    """The table as of the tally's day. `clocks` are those of the open cards, each with its column, in calendar days."""
    return (
        _throughput(tally),
        _cycle_time(tally),
        *(_conversion(tally, column) for column in tally.track.open_columns),
        idle(tally, clocks),
        _pipeline(tally, money),
        *_negotiation(tally, clocks),
        _next_action(tally),
    )


def light(value: float | None, baseline: float | None, target: float | None, *, up: bool) -> str:
    """`green` when the target is reached, `red` when worse than the start value, `amber` between."""
    if value is None or target is None:
        return "none"
    sign = 1 if up else -1
    if sign * value >= sign * target:
        return "green"
    return "amber" if baseline is not None and sign * value >= sign * baseline else "red"


def rate_light(rate: Rate, baseline: float | None, target: float | None) -> str:
    """As `light`, but `none` while the interval of the rate holds the start value: the difference may be chance."""
    return _sure_light(share(rate), plain_figure(baseline, SHARE), target)


def _sure_light(now: Figure, start: Figure, target: float | None) -> str:
    change = shift(start, now)
    if change.value is None or target is None or now.value is None or by_chance(start, now):
        return "none"
    if change.value < 0:
        return "red"
    return "green" if now.value >= target else "none"


class _Line:
    """One metric's declared target beside its measured start, and the row they make."""

    def __init__(self, tally: Tally, metric: str, column: str = "") -> None:
        found = tally.config.targets
        self.tally, self.metric, self.column = tally, metric, column
        self.declared = found.get(f"{metric}-{column}") or found.get(metric) or Target()
        self.spans: Spans = spans(self.declared, tally.first, tally.as_of)

    def latest(self) -> Figure:
        """The metric over the weeks judged."""
        return self._over(self.spans.now)

    def start(self) -> Figure:
        """The declared start value, else the metric over the weeks before."""
        before = self.spans.before
        if self.declared.baseline is not None or before is None:
            return plain_figure(self.baseline(), "")
        return self._over(before)

    def _over(self, window: Window) -> Figure:
        weeks = whole_weeks(window) if self.metric == THROUGHPUT else window
        return measured(self.tally, self.metric, weeks, self.column)

    def baseline(self) -> float | None:
        """The declared start value."""
        return None if self.declared.baseline is None else float(self.declared.baseline)

    def target(self, default: float | None = None) -> float | None:
        """The declared target, else the sheet's."""
        return default if self.declared.target is None else float(self.declared.target)

    def row(self, now: Figure, start: Figure, goal: float | None, shown: str) -> TargetRow:
        """The line of the table."""
        return TargetRow(
            **{name: getattr(now, name) for name in FIGURE_FIELDS if name not in ("metric", "column", "light")},
            metric=self.metric, column=self.column, light=shown, baseline=start.value, target=goal,
            declared_since=self.declared.since, span=self.declared.weeks, action=self.declared.action,
            chance=start.value is not None and now.value is not None and by_chance(start, now),
        )  # fmt: skip

    def level(self, unit: str, value: float | None, n: int, goal: float | None, shown: str) -> TargetRow:
        """The line of what is counted as it stands."""
        now = replace(plain_figure(value, unit, n), population="open", low=None, high=None)
        return replace(self.row(now, plain_figure(self.baseline(), unit), goal, shown), chance=False)


def _times(factor: Decimal, value: float | None) -> float | None:
    return None if not value else float(factor * Decimal(str(value)))


def _throughput(tally: Tally) -> TargetRow:
    line = _Line(tally, THROUGHPUT)
    now, start = line.latest(), line.start()
    goal = line.target(_times(MORE, start.value))
    row = line.row(now, start, goal, light(now.value, start.value, goal, up=True))
    row = replace(row, n=now.weeks if now.value is not None else 0, population="weeks")
    if row.light == "red":
        row = replace(row, narrow=narrowest(tally, weeks_before(tally.as_of, 8)) or fullest(tally))
    return row if line.declared.target is not None else replace(row, target_high=_times(MORE_AT_BEST, start.value))


def _cycle_time(tally: Tally) -> TargetRow:
    line = _Line(tally, CYCLE_TIME)
    now, start = line.latest(), line.start()
    goal = line.target(_times(FASTER, start.value))
    return line.row(now, start, goal, light(now.value, start.value, goal, up=False))


def _conversion(tally: Tally, column: str) -> TargetRow:
    line = _Line(tally, CONVERSION, column)
    now, start = line.latest(), line.start()
    goal = line.target(None if start.value is None else min(1.0, start.value + float(POINTS)))
    return line.row(now, start, goal, _sure_light(now, start, goal))


def idle(tally: Tally, clocks: Sequence[tuple[str, Clocks]]) -> TargetRow:
    """The line of cards at risk of being forgotten: nothing of the tally is asked but the days of which it tells."""
    line = _Line(tally, IDLE)
    columns = {column.key: column for column in tally.config.columns}
    late = sum(is_stale(tally.config, columns[column], one.idle_days) for column, one in clocks)
    goal = line.target(0.0)
    shown = light(late, line.baseline(), goal, up=False) if clocks else "none"
    return line.level(CARDS, late, len(clocks), goal, shown)


def _pipeline(tally: Tally, money: WeightedPipeline) -> TargetRow:
    """The board's own currency; without a declared target there is nothing to colour."""
    line = _Line(tally, PIPELINE)
    found = money.currencies.get(tally.config.currency)
    value = float(found.total) if found else 0.0
    goal = line.target()
    shown = light(value, line.baseline(), goal, up=True)
    return line.level(tally.config.currency, value, found.cards if found else 0, goal, shown)


def _negotiation(tally: Tally, clocks: Sequence[tuple[str, Clocks]]) -> Iterator[TargetRow]:
    """The oldest card, by days in the column, of each column that declares a traffic light."""
    for column in tally.config.open_columns:
        limits = age_limits(column)
        if limits is not None:
            line = _Line(tally, NEGOTIATION, column.key)
            days = [one.column_days for key, one in clocks if key == column.key]
            oldest = max(days, default=None)
            shown = "none" if oldest is None else age_light(column, oldest)
            yield line.level(DAYS, oldest, len(days), line.target(float(limits[0])), shown)


def _next_action(tally: Tally) -> TargetRow:
    line = _Line(tally, NEXT_ACTION)
    standing = [(one.card, one.now) for one in tally.deals.values() if one.now is not None]
    lacking = Lacking(tuple(card for card, now in standing if not now.planned), len(standing))
    value = None if lacking.share is None else float(lacking.share)
    goal = line.target(0.0)
    return line.level(SHARE, value, lacking.total, goal, light(value, line.baseline(), goal, up=False))
