"""The `kanban-forecast-backtest/1` document: the record of past forecasts, as data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal, TypedDict

from kanban.forecast.backtest import Backtest, Origin
from kanban.forecast.deals import Bin, DealRecord, Month
from kanban.forecast.ensemble.counts import LEVELS
from kanban.forecast.ensemble.ensemble import MONTE_CARLO, SHEET
from kanban.forecast.ensemble.record import FEWEST
from kanban.metrics.base.intervals import Rate
from kanban.schemas.fields import Count, Positive, Share


class ScoreRecord(TypedDict):
    """How one way to count did over the origins at which it spoke."""

    n: Count
    pinball: Annotated[float, "mean pinball loss over the quantiles"]
    crps: Annotated[float, "mean continuous ranked probability score"]
    coverage_10_90: Annotated[Rate, "how often p10 to p90 held what came"]
    bias: Annotated[float, "mean of the median less what came"]
    skill: Annotated[dict[str, float | None], "1 − loss / loss of the other way; null where that never errs"]


class LossRecord(TypedDict):
    """Mean difference of losses to another way to count, with its 95 % interval; below 0 what was said is better."""

    mean: float
    low: float
    high: float
    n: Count
    proven: Annotated[bool, "whether the interval leaves out 0"]


class HorizonRecord(TypedDict):
    """The record of forecasts over so many weeks."""

    weeks: Positive
    origins: Count
    origins_apart: Count
    coverage_10_90: Annotated[Rate, "how often p10 to p90 held what came, on origins apart"]
    methods: dict[str, ScoreRecord]
    loss_difference: dict[str, LossRecord]


class ReliabilityRecord(TypedDict):
    """How often what came lay below a level: as often as the level says, where the forecast is honest."""

    level: Share
    below: float | None


class ClosingRecord(TypedDict):
    """By how many days deals were won after the first close date written on them."""

    n: Count
    late_p50: int | None
    late_p90: int | None


class DealsRecord(TypedDict):
    """What became of what people wrote on deals."""

    probabilities: tuple[Bin, ...]
    brier: Annotated[float | None, "mean squared error of the probabilities"]
    weighted_pipeline: tuple[Month, ...]
    close_dates: ClosingRecord


class OriginRecord(TypedDict):
    """One past forecast and what came of it."""

    day: date
    outcome: Count
    method: str
    p10: float
    p25: float
    p50: float
    p75: float
    p90: float


class BacktestDocument(TypedDict):
    """The forecasts of past Sundays, from what was known then, against what came. Fields may be added."""

    schema: Literal["kanban-forecast-backtest/1"]
    as_of: date
    weeks: Positive
    origins: Annotated[Count, "past Sundays"]
    origins_apart: Annotated[Count, "those whose horizons do not overlap"]
    origins_needed: Annotated[Positive, "origins apart before anything is claimed"]
    enough_history: bool
    sheet_interval_coverage: Annotated[Rate, "how often the sheet's own interval held what came"]
    methods: dict[str, ScoreRecord]
    loss_difference: dict[str, LossRecord]
    reliability: list[ReliabilityRecord]
    pit_histogram: Annotated[tuple[float, ...], "where outcomes fell in what was forecast"]
    horizons: list[HorizonRecord]
    deals: DealsRecord
    record: list[OriginRecord]


def backtest_document(
    found: Backtest, horizons: Sequence[Backtest], deals: DealRecord, as_of: date
) -> BacktestDocument:
    """The record of past forecasts over so many weeks, and in short that of the horizons beside it."""
    pit = found.pit()
    return {
        "schema": "kanban-forecast-backtest/1",
        "as_of": as_of,
        "weeks": found.weeks,
        "origins": len(found.origins),
        "origins_apart": len(found.apart),
        "origins_needed": FEWEST,
        "enough_history": found.enough_history,
        "sheet_interval_coverage": found.sheet_literal,
        "methods": _methods(found),
        "loss_difference": _differences(found),
        "reliability": [{"level": level, "below": pit.below(level)} for level in LEVELS],
        "pit_histogram": pit.histogram(),
        "horizons": [_horizon(one) for one in horizons],
        "deals": {
            "probabilities": deals.bins,
            "brier": deals.brier,
            "weighted_pipeline": deals.months,
            "close_dates": {"n": deals.dated, "late_p50": deals.late_p50, "late_p90": deals.late_p90},
        },
        "record": [_origin(one) for one in found.origins],
    }


def _horizon(found: Backtest) -> HorizonRecord:
    return {
        "weeks": found.weeks,
        "origins": len(found.origins),
        "origins_apart": len(found.apart),
        "coverage_10_90": found.held,
        "methods": _methods(found),
        "loss_difference": _differences(found),
    }


def _methods(found: Backtest) -> dict[str, ScoreRecord]:
    return {
        name: {
            "n": one.n,
            "pinball": one.pinball,
            "crps": one.crps,
            "coverage_10_90": one.coverage,
            "bias": one.bias,
            "skill": {other: found.skill(name, other) for other in (SHEET, MONTE_CARLO)},
        }
        for name, one in found.scores().items()
    }


def _differences(found: Backtest) -> dict[str, LossRecord]:
    return {
        other: {"mean": one.mean, "low": one.low, "high": one.high, "n": one.n, "proven": one.proven}
        for other, one in found.differences().items()
    }


def _origin(found: Origin) -> OriginRecord:
    levels = found.levels()
    return {
        "day": found.day,
        "outcome": found.outcome,
        "method": found.method,
        "p10": levels[10],
        "p25": levels[25],
        "p50": levels[50],
        "p75": levels[75],
        "p90": levels[90],
    }
