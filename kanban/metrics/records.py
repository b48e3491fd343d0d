"""What the document of all numbers holds: `kanban-metrics/1`, record by record."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, NotRequired, TypedDict

from kanban.metrics.base.intervals import Rate
from kanban.metrics.baselines import METRICS
from kanban.metrics.flow.arrivals import Arrivals
from kanban.metrics.flow.cycle_time import Spread
from kanban.metrics.flow.throughput import NaturalLimits
from kanban.metrics.flow.wip import Breaches
from kanban.metrics.report import NextAction
from kanban.metrics.suspicion_wording import SuspicionRecord
from kanban.schemas.fields import Cents, Count, Currency, Keyword, Light, Month, Positive, Quarter, Share, Week, one_of

Cards = tuple[str, ...]
Amounts = dict[Currency, Cents]
Broken = Annotated[str, one_of("too-few-exits", "arrivals-differ", "wip-drifts", "age-drifts", "cards-stay")]


class LevelRecord(TypedDict):
    """Cards against a limit; null: no limit."""

    count: Count
    limit: int | None
    light: Light


class WipRecord(TypedDict):
    """Work in progress, and how many days of the window a column ended above its limit."""

    total: Count
    columns: dict[str, LevelRecord]
    classes: dict[str, LevelRecord]
    days_over_limit: dict[str, Breaches]


class WeekRecord(TypedDict):
    """What one complete week saw end, and start."""

    week: Week
    won: Count
    lost: Count
    parked: Count
    deleted: Count
    arrivals: Count


class ThroughputRecord(TypedDict):
    """Ends per week."""

    weeks: Annotated[list[WeekRecord], "complete ISO weeks, oldest first, zeros included"]
    won_per_week: float | None
    won: Count
    lost: Count
    parked: Count
    deleted: Count
    natural_limits: NaturalLimits | None


class CycleTimeRecord(TypedDict):
    """Days from start to end of the won cards, and of all that were decided."""

    n: Count
    p50: int | None
    p70: int | None
    p85: int | None
    p95: int | None
    decided: Spread


class StayRecord(TypedDict):
    """Days that cards spent in one column."""

    n: Count
    p50: int | None
    p85: int | None


class ConversionRecord(TypedDict):
    """What became of the cards that entered one column."""

    entered: Count
    advanced: Count
    exited: Count
    open: Count
    rate: Share | None
    low: Share | None
    high: Share | None
    incidence_90d: Rate
    reached: Count
    passed: Count
    skipped: Count


class DecidedRecord(TypedDict):
    """Amounts decided in one currency, and the share of them that was won."""

    won: Cents
    lost: Cents
    rate: Share | None


class WinRateRecord(TypedDict):
    """Cards won and lost, and the share won within 90 days of the start."""

    won: Count
    lost: Count
    rate: Share | None
    low: Share | None
    high: Share | None
    n: Count
    amounts: dict[str, DecidedRecord]
    won_90d: Rate


class AgeRecord(TypedDict):
    """An open card with its clocks."""

    card: str
    column: str
    age_days: int | None
    column_days: int
    idle_days: int
    light: Light
    escalate: bool


class PipelineRecord(TypedDict):
    """Amount × probability of the open cards in one currency."""

    total: Cents
    past_due: Cents
    undated: Cents
    months: dict[Month, Cents]
    quarters: dict[Quarter, Cents]
    unweighted: Cents
    cards: Count


class VelocityRecord(TypedDict):
    """Money per day in one currency, beside what was really won per day."""

    qualified: Count
    win_rate: Share | None
    mean_won: Cents | None
    mean_days: float | None
    per_day: float | None
    won_per_day: float
    divergence: float | None
    steady: bool


class LossRecord(TypedDict):
    """One reason of losses; null for losses without one."""

    reason: str | None
    count: Count
    amounts: Amounts
    columns: dict[str, Count]
    cards: Cards


class SlipRecord(TypedDict):
    """What became of one card's close date."""

    card: str
    first: date
    current: date | None
    days: int | None
    pushes: Count
    delays: Count
    pull_ins: Count
    flagged: bool


class BlockerRecord(TypedDict):
    """One cause of blocks; null where none was written."""

    cause: str | None
    count: Count
    days: Count
    cards: Cards


class LittleRecord(TypedDict):
    """Both sides of Little's law, and the assumptions that fail."""

    wip: float | None
    throughput_per_day: float | None
    cycle_time_days: float | None
    ratio: float | None
    valid: bool
    failed_assumptions: list[Broken]
    since: date | None
    until: date


class CutRecord(TypedDict):
    """The figures of the cards that share one value; `key` is null for cards that have none."""

    key: str | None
    open: Count
    won: Count
    lost: Count
    parked: Count
    win_rate: Annotated[Rate | None, "null below ten decided cards"]
    won_amounts: Amounts
    weighted: Amounts
    cycle_time: Spread
    without_next_action: Count
    overdue: Count


class CutsRecord(TypedDict):
    """The figures per owner, source and class."""

    owners: list[CutRecord]
    sources: list[CutRecord]
    classes: list[CutRecord]


class WindowRecord(TypedDict):
    """The days that a figure is taken over, both included."""

    since: date | None
    until: date


class IntervalRecord(TypedDict):
    """The 95 % interval of a figure; nulls where none can be told honestly."""

    low: float | None
    high: float | None


class TargetRecord(TypedDict):
    """One metric against where it started and where it should go."""

    metric: Annotated[str, one_of(*METRICS)]
    unit: str
    value: float | None
    baseline: float | None
    target: float | None
    light: Light
    n: Count
    column: str | None
    target_high: float | None
    low: Annotated[Share | None, "of a share"]
    high: Annotated[Share | None, "of a share"]
    interval: IntervalRecord
    since: Annotated[date | None, "the day that the target declares"]
    weeks: Annotated[Positive, "the weeks that the target gives itself"]
    action: str
    name: str
    window: Annotated[WindowRecord | None, "the days judged; null for what is counted as it stands"]
    population: Annotated[str, "what `n` counts"]
    too_thin: Annotated[bool, "on too few to be judged"]
    chance: Annotated[bool, "the difference from the start may be chance"]


class PeriodRecord(TypedDict):
    """One of the windows compared, and its days that were observed."""

    since: date | None
    until: date
    observed_days: Count


class DifferenceRecord(TypedDict):
    """One figure now and then; `n_now` and `n_then`: the cards or days it rests on."""

    metric: str
    unit: Annotated[str, one_of("per-week", "days", "share", "cards")]
    now: float | None
    then: float | None
    n_now: Count
    n_then: Count
    more_is_better: bool | None
    column: str
    change: float | None
    verdict: Annotated[str, one_of("better", "worse", "same", "")]
    chance: Annotated[bool, "the difference may be chance"]
    interval_now: IntervalRecord
    interval_then: IntervalRecord
    interval_change: IntervalRecord
    too_thin: Annotated[bool, "one of the two is on too few to be judged"]


class ComparisonRecord(TypedDict):
    """Both windows and every figure of both."""

    now: PeriodRecord
    then: PeriodRecord
    rows: list[DifferenceRecord]


class MetricsDocument(TypedDict):
    """All numbers of a board as of one day. Definitions: docs/metrics.md."""

    schema: Literal["kanban-metrics/1"]
    as_of: Annotated[date, "a calendar day in the board's timezone"]
    timezone: str
    head: str | None
    shallow: Annotated[bool, Keyword("const", False)]
    since: date | None
    until: date
    day_count: Annotated[str, one_of("calendar", "working")]
    clamped_events: Annotated[Count, "events whose recorded time was earlier than what had happened to the card before"]
    imported_cards: Annotated[Count, "cards brought by a commit declared an import, which count from their next event"]
    suspicions: Annotated[list[SuspicionRecord], "commits whose dates are hardly the cards’ own, the newest first"]
    wip: WipRecord
    throughput: ThroughputRecord
    arrivals: Arrivals
    cycle_time: Annotated[CycleTimeRecord, "won cards, inclusive days, nearest rank"]
    time_in_column: dict[str, StayRecord]
    pace: dict[str, Spread]
    conversion: dict[str, ConversionRecord]
    win_rate: WinRateRecord
    age: list[AgeRecord]
    next_action: NextAction
    weighted_pipeline: dict[Currency, PipelineRecord]
    incomplete: Annotated[Cards, "open cards without amount or probability"]
    velocity: dict[str, VelocityRecord]
    loss_reasons: list[LossRecord]
    slips: list[SlipRecord]
    blocked: list[BlockerRecord]
    little: LittleRecord
    cuts: CutsRecord
    targets: list[TargetRecord]
    compare: NotRequired[ComparisonRecord]
