"""The `kanban-forecast/1` and `kanban-forecast-backtest/1` documents: the forecast and its record, as data."""

from __future__ import annotations

from kanban.forecast.backtest import FEWEST_ORIGINS, Backtest
from kanban.forecast.forecast import PERCENTS, Forecast
from kanban.forecast.horizon import CONFIDENCES, Horizon
from kanban.forecast.methods import MONTE_CARLO, RECOMMENDED, SHEET
from kanban.forecast.models.distribution import Pmf, at_least, chance_of_at_least, mean, quantiles
from kanban.forecast.models.sheet_rule import PROMISED, SIMULATED_COVERAGE
from kanban.forecast.money_sums import Sum
from kanban.forecast.quota import WINS, Attainment
from kanban.forecast.whatif import WEEKS_AHEAD, Dropped, Limited
from kanban.metrics.document import CENT, Json, decimal_text, rate_json

SCHEMA, BACKTEST_SCHEMA = "kanban-forecast/1", "kanban-forecast-backtest/1"


def forecast_document(forecast: Forecast) -> Json:
    """The whole forecast."""
    found, sheet = forecast.stress, forecast.sheet
    return {
        "schema": SCHEMA,
        "as_of": forecast.as_of.isoformat(),
        "weeks": forecast.weeks,
        "head": forecast.ledger.history.head,
        "weeks_seen": len(forecast.evidence.weekly_wins),
        "enough_history": forecast.enough_history,
        "wins_per_week": sheet.wins_per_week if sheet else None,
        "sheet_rule": {
            "expected": sheet.expected if sheet else None,
            "sigma": sheet.sigma if sheet else None,
            "low": sheet.low if sheet else None,
            "high": sheet.high if sheet else None,
            "promised": PROMISED,
            "coverage": rate_json(forecast.sheet_coverage),
            "coverage_simulated": list(SIMULATED_COVERAGE),
        },
        "recommended": _recommended(forecast),
        "at_least": _levels(forecast.at_least),
        "methods": {name: _pmf(pmf) for name, pmf in forecast.methods.items()},
        "w": found.w,
        "w_column": found.column,
        "w_history": found.history,
        "w_weeks": found.weeks,
        "stress": found.stressed,
        "lead_time_p50": forecast.lead_time.p50,
        "lead_time_n": forecast.lead_time.n,
        "cards": [{"card": card, "probability": round(chance, 6)} for card, chance in forecast.chances.items()],
        "money": [_money(forecast, at) for at in range(len(forecast.money))],
        "quotas": [_quota(one) for one in forecast.quotas],
    }


def _levels(found: object) -> dict[str, int | None]:
    levels = found if isinstance(found, dict) else {}
    return {str(level): levels.get(level) for level in CONFIDENCES}


def _recommended(forecast: Forecast) -> Json:
    known = forecast.wins
    return {
        "method": RECOMMENDED,
        "mean": None if known is None else mean(known),
        **{f"p{percent}": forecast.recommended.get(percent) for percent in PERCENTS},
        "chance_of_at_least": [] if known is None else _chances(known),
    }


def _chances(pmf: Pmf) -> list[float]:
    """P(at least k wins) for k = 1, 2 … as long as it is one in a hundred."""
    found = (round(chance_of_at_least(pmf, count), 6) for count in range(1, len(pmf)))
    return [chance for chance in found if chance >= 0.01]


def _pmf(pmf: Pmf) -> Json:
    levels = {str(level): at_least(pmf, level / 100) for level in CONFIDENCES}
    spread = {f"p{percent}": value for percent, value in quantiles(pmf, PERCENTS).items()}
    return {"mean": mean(pmf), **spread, "at_least": levels}


def _money(forecast: Forecast, at: int) -> Json:
    one = forecast.money[at]
    return {
        "currency": one.currency,
        "ahead": _sum(one.ahead),
        "by_close_month": {key: _sum(found) for key, found in one.months.items()},
        "without_amount": list(one.without_amount),
    }


def _sum(found: Sum) -> Json:
    spread = {f"p{percent}": decimal_text(value) for percent, value in found.quantiles.items()}
    return {"deals": found.deals, "expected": decimal_text(found.expected.quantize(CENT)), **spread}


def _quota(one: Attainment) -> Json:
    def number(value: object) -> int | str | None:
        return None if value is None else int(str(value)) if one.unit == WINS else f"{value}"

    return {
        "period": one.period,
        "since": one.since.isoformat(),
        "until": one.until.isoformat(),
        "owner": one.owner or None,
        "unit": one.unit,
        "target": number(one.target),
        "won": number(one.won),
        "missing": number(one.missing),
        "pace": f"{one.pace}",
        "light": one.light,
        "chance": one.reach,
        "open": None if one.open_raw is None else decimal_text(one.open_raw),
        "open_weighted": None if one.open_weighted is None else decimal_text(one.open_weighted),
    }


def horizon_json(found: Horizon) -> Json:
    """`when`: the wins asked for, and the day by which they are 50, 85 and 95 % likely."""
    return {"wins": found.wins, "by": {str(level): day.isoformat() if day else None for level, day in found.by.items()}}


def limited_json(found: Limited) -> Json:
    """`what_if`: another WIP limit."""
    readings = {
        name: {
            "wins_before": before.wins,
            "wins_after": after.wins,
            "days_before": before.days,
            "days_after": after.days,
        }
        for name, (before, after) in found.readings.items()
    }
    return {
        "column": found.column,
        "wip": found.limit,
        "wip_present": found.present,
        "cards_now": found.now,
        "weeks": WEEKS_AHEAD,
        "readings": readings,
    }


def dropped_json(found: Dropped) -> Json:
    """`what_if`: without some cards."""
    return {
        "drop": list(found.cards),
        "probabilities": dict(found.chances),
        "before": _pmf(found.before),
        "after": _pmf(found.after),
    }


def backtest_document(found: Backtest, as_of: str) -> Json:
    """The record of past forecasts."""
    scores = found.scores()
    references = {name: scores[name] for name in (SHEET, MONTE_CARLO) if name in scores}
    methods = {
        name: {
            "n": one.n,
            "pinball": one.pinball,
            "coverage_10_90": rate_json(one.coverage),
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
        "schema": BACKTEST_SCHEMA,
        "as_of": as_of,
        "weeks": found.weeks,
        "origins": len(found.origins),
        "origins_apart": len(found.apart),
        "origins_needed": FEWEST_ORIGINS,
        "enough_history": found.enough_history,
        "sheet_interval_coverage": rate_json(found.sheet_literal),
        "methods": methods,
        "loss_difference": differences,
        "record": [
            {
                "day": one.day.isoformat(),
                "outcome": one.outcome,
                **{f"p{level}": value for level, value in one.forecasts[RECOMMENDED].items()},
            }
            for one in found.origins
        ],
    }
