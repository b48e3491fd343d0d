"""The `kanban-forecast-backtest/1` document: the record of past forecasts, as data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kanban.forecast.backtest import Backtest
from kanban.forecast.deals import DealRecord
from kanban.forecast.ensemble.counts import LEVELS
from kanban.forecast.ensemble.ensemble import MONTE_CARLO, SHEET
from kanban.forecast.ensemble.record import FEWEST
from kanban.metrics.document import Json


def backtest_document(found: Backtest, horizons: Sequence[Backtest], deals: DealRecord, as_of: date) -> Json:
    """The record of past forecasts over so many weeks, and in short that of the horizons beside it."""
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
        "reliability": [{"level": level, "below": found.pit().below(level)} for level in LEVELS],
        "pit_histogram": found.pit().histogram(),
        "horizons": [
            {
                "weeks": one.weeks,
                "origins": len(one.origins),
                "origins_apart": len(one.apart),
                "coverage_10_90": one.held,
                "methods": _methods(one),
                "loss_difference": _differences(one),
            }
            for one in horizons
        ],
        "deals": {
            "probabilities": deals.bins,
            "brier": deals.brier,
            "weighted_pipeline": deals.months,
            "close_dates": {"n": deals.dated, "late_p50": deals.late_p50, "late_p90": deals.late_p90},
        },
        "record": [
            {
                "day": one.day,
                "outcome": one.outcome,
                "method": one.method,
                **{f"p{percent}": value for percent, value in one.levels().items()},
            }
            for one in found.origins
        ],
    }


def _methods(found: Backtest) -> Json:
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


def _differences(found: Backtest) -> Json:
    return {
        other: {"mean": one.mean, "low": one.low, "high": one.high, "n": one.n, "proven": one.proven}
        for other, one in found.differences().items()
    }
