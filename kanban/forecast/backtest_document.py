"""The `kanban-forecast-backtest/1` document: the record of past forecasts, as data."""

from __future__ import annotations

from kanban.forecast.backtest import FEWEST_ORIGINS, Backtest
from kanban.forecast.methods import MONTE_CARLO, RECOMMENDED, SHEET
from kanban.metrics.document import Json


def backtest_document(found: Backtest, as_of: str) -> Json:
    """The record of past forecasts."""
    scores = found.scores()
    references = {name: scores[name] for name in (SHEET, MONTE_CARLO) if name in scores}
    methods = {
        name: {
            "n": one.n,
            "pinball": one.pinball,
            "coverage_10_90": one.coverage,
            "bias": one.bias,
            "skill": {other: one.skill(reference) for other, reference in references.items()},
        }
        for name, one in scores.items()
    }
    differences = {
        other: {"mean": one.mean, "low": one.low, "high": one.high, "n": one.n, "proven": one.proven}
        for other, one in found.differences().items()
    }
    return {
        "schema": "kanban-forecast-backtest/1",
        "as_of": as_of,
        "weeks": found.weeks,
        "origins": len(found.origins),
        "origins_apart": len(found.apart),
        "origins_needed": FEWEST_ORIGINS,
        "enough_history": found.enough_history,
        "sheet_interval_coverage": found.sheet_literal,
        "methods": methods,
        "loss_difference": differences,
        "record": [
            {
                "day": one.day,
                "outcome": one.outcome,
                **{f"p{level}": value for level, value in one.forecasts[RECOMMENDED].items()},
            }
            for one in found.origins
        ],
    }
