"""Targets: each metric against where it started, where it should go, its light, and what to do when the light is red.

Declared in `board.yml` (`targets:`), else from the sheet: throughput +15 to +30 % and median cycle time −30 % within
8 weeks, conversion per stage +5 points, no open card without a dated next action, none idle for over a week, none in
negotiation past its last green day. Where no baseline is declared, the start value is the same metric over the weeks
before. A light stays `none` while there is nothing to compare, or while the difference could well be chance.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from kanban.metrics.base.intervals import Rate
from kanban.metrics.base.ledger import Ledger
from kanban.metrics.baselines import Spans, spans, stage_rate, wins_per_week, won_spread
from kanban.metrics.cards.weighted_pipeline import weighted_pipeline
from kanban.model.settings.policies import Target
from kanban.pull.cadence import age_light, age_limits, is_stale
from kanban.pull.nextaction import share_missing

THROUGHPUT, CYCLE_TIME, CONVERSION, IDLE = "throughput", "cycle_time", "conversion", "card_age"
PIPELINE, NEGOTIATION, NEXT_ACTION = "weighted_pipeline", "negotiation_age", "without_next_action"
METRICS = (THROUGHPUT, CYCLE_TIME, CONVERSION, IDLE, PIPELINE, NEGOTIATION, NEXT_ACTION)
"""The names under which `board.yml` may declare targets; `conversion-offre` is for one stage."""

MORE, MORE_AT_BEST, FASTER, POINTS = Decimal("1.15"), Decimal("1.30"), Decimal("0.70"), Decimal("0.05")


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One line of the table. `unit` is `per-week`, `days`, `share`, `cards` or a currency code.

    `column` is the stage a conversion or a traffic light is about, else "". `n` is how many weeks or cards the value
    rests on; `low` and `high` its 95 % interval where there is one. `light` is `none`, `green`, `amber` or `red`.
    `action` is the board's own text for red; "" where the sheet's applies.
    """

    metric: str
    unit: str
    value: float | None
    baseline: float | None
    target: float | None
    light: str
    n: int
    column: str = ""
    target_high: float | None = None
    low: float | None = None
    high: float | None = None
    since: date | None = None
    weeks: int = 8
    action: str = ""


def targets(ledger: Ledger, idle_days: Mapping[str, int], column_days: Mapping[str, int]) -> tuple[TargetRow, ...]:
    """The table as of the ledger's day. The two clocks are those of the open cards, in calendar days."""
    return (
        _throughput(ledger),
        _cycle_time(ledger),
        *(_conversion(ledger, column) for column in ledger.track.open_columns),
        _idle(ledger, idle_days),
        _pipeline(ledger),
        *_negotiation(ledger, column_days),
        _next_action(ledger),
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
    if rate.rate is None or target is None or baseline is None:
        return "none"
    if rate.rate >= target and rate.surely_above(baseline):
        return "green"
    return "red" if rate.surely_below(baseline) else "none"


class _Line:
    """One metric's declared target beside its measured start, and the row they make."""

    def __init__(self, ledger: Ledger, metric: str, column: str = "") -> None:
        found = ledger.config.targets
        self.metric, self.column = metric, column
        self.declared = found.get(f"{metric}-{column}") or found.get(metric) or Target()
        self.spans: Spans = spans(self.declared, ledger.first, ledger.as_of)

    def baseline(self, measured: float | None = None) -> float | None:
        """The declared start value, else the measured one."""
        return measured if self.declared.baseline is None else float(self.declared.baseline)

    def target(self, default: float | None = None) -> float | None:
        """The declared target, else the sheet's."""
        return default if self.declared.target is None else float(self.declared.target)

    def row(
        self, unit: str, value: float | None, n: int, start: float | None, goal: float | None, shown: str
    ) -> TargetRow:
        """The line of the table."""
        return TargetRow(
            self.metric, unit, value, start, goal, shown, n, self.column,
            since=self.declared.since, weeks=self.declared.weeks, action=self.declared.action,
        )  # fmt: skip


def _times(factor: Decimal, value: float | None) -> float | None:
    return None if not value else float(factor * Decimal(str(value)))


def _throughput(ledger: Ledger) -> TargetRow:
    line = _Line(ledger, THROUGHPUT)
    value, weeks = wins_per_week(ledger, line.spans.now)
    start = line.baseline(wins_per_week(ledger, line.spans.before)[0])
    goal = line.target(_times(MORE, start))
    row = line.row("per-week", value, weeks, start, goal, light(value, start, goal, up=True))
    return row if line.declared.target is not None else replace(row, target_high=_times(MORE_AT_BEST, start))


def _cycle_time(ledger: Ledger) -> TargetRow:
    line = _Line(ledger, CYCLE_TIME)
    now = won_spread(ledger, line.spans.now)
    start = line.baseline(won_spread(ledger, line.spans.before).p50)
    goal = line.target(_times(FASTER, start))
    return line.row("days", now.p50, now.n, start, goal, light(now.p50, start, goal, up=False))


def _conversion(ledger: Ledger, column: str) -> TargetRow:
    line = _Line(ledger, CONVERSION, column)
    rate = stage_rate(ledger, column, line.spans.now)
    start = line.baseline(stage_rate(ledger, column, line.spans.before).rate)
    goal = line.target(None if start is None else min(1.0, start + float(POINTS)))
    row = line.row("share", rate.rate, rate.n, start, goal, rate_light(rate, start, goal))
    return replace(row, low=rate.low, high=rate.high)


def _idle(ledger: Ledger, idle_days: Mapping[str, int]) -> TargetRow:
    line = _Line(ledger, IDLE)
    cards = ledger.cards
    late = sum(is_stale(ledger.config, ledger.board.column_of(cards[card]), days) for card, days in idle_days.items())
    start, goal = line.baseline(), line.target(0.0)
    shown = light(late, start, goal, up=False) if idle_days else "none"
    return line.row("cards", late, len(idle_days), start, goal, shown)


def _pipeline(ledger: Ledger) -> TargetRow:
    """The board's own currency; without a declared target there is nothing to colour."""
    line = _Line(ledger, PIPELINE)
    found = weighted_pipeline(ledger.board, ledger.as_of).currencies.get(ledger.config.currency)
    value = float(found.total) if found else 0.0
    start, goal = line.baseline(), line.target()
    shown = light(value, start, goal, up=True)
    return line.row(ledger.config.currency, value, found.cards if found else 0, start, goal, shown)


def _negotiation(ledger: Ledger, column_days: Mapping[str, int]) -> Iterator[TargetRow]:
    """The oldest card, by days in the column, of each column that declares a traffic light."""
    for column in ledger.config.open_columns:
        limits = age_limits(column)
        if limits is not None:
            line = _Line(ledger, NEGOTIATION, column.key)
            days = [column_days[card.id] for card in ledger.board.in_column(column.key) if card.id in column_days]
            oldest = max(days, default=None)
            shown = "none" if oldest is None else age_light(column, oldest)
            goal = line.target(float(limits[0]))
            yield line.row("days", oldest, len(days), line.baseline(), goal, shown)


def _next_action(ledger: Ledger) -> TargetRow:
    line = _Line(ledger, NEXT_ACTION)
    found = share_missing(ledger.board)
    share = None if found is None else float(found)
    start, goal = line.baseline(), line.target(0.0)
    return line.row("share", share, len(ledger.board.open_cards), start, goal, light(share, start, goal, up=False))
