"""The `kanban-forecast/1` document: the forecast as data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, NotRequired, TypedDict

from kanban.forecast.ensemble.masses import poured
from kanban.forecast.ensemble.record import PROMISE
from kanban.forecast.ensemble.regime import NOTES
from kanban.forecast.forecast import PERCENTS, Forecast
from kanban.forecast.horizon import CONFIDENCES, Horizon
from kanban.forecast.models.distribution import Pmf, at_least, chance_of_at_least, mean, quantiles
from kanban.forecast.models.sheet_rule import PROMISED, SIMULATED_COVERAGE
from kanban.forecast.money_sums import Sum
from kanban.forecast.quota import WINS, Attainment
from kanban.forecast.whatif import WEEKS_AHEAD, Dropped, Limited
from kanban.metrics.base.intervals import Rate
from kanban.metrics.document import CENT, Json, decimal_text
from kanban.metrics.suspicion import suspicions_of
from kanban.metrics.suspicion_wording import SuspicionRecord, suspicion_records
from kanban.schemas.fields import Amount, Keyword, Light, Positive, one_of
from kanban.schemas.filling import filled

Note = Annotated[str, one_of(*NOTES)]
Levels = TypedDict("Levels", {"50": int | None, "85": int | None, "95": int | None})
Levels.__doc__ = "Wins there will be at least, by confidence in percent."
DayLevels = TypedDict("DayLevels", {"50": date | None, "85": date | None, "95": date | None})
DayLevels.__doc__ = "The last day of the week by which it will be so, by confidence; null: not within a year."


class SheetRecord(TypedDict):
    """weeks · X ± σ (n − 1), low not below 0; null before the first complete week, sigma null for one week alone;
    coverage: what the interval held on this board."""

    expected: float | None
    sigma: float | None
    low: float | None
    high: float | None
    promised: float
    coverage: Rate
    coverage_simulated: Annotated[tuple[float, float], Keyword("minItems", 2), Keyword("maxItems", 2)]


class SpreadRecord(TypedDict):
    """A number of wins: its mean and its quantiles."""

    mean: float | None
    p10: int | None
    p25: int | None
    p50: int | None
    p75: int | None
    p90: int | None


class RangeRecord(TypedDict):
    """A range of wins."""

    low: int
    high: int


class RecommendedRecord(SpreadRecord):
    """The forecast to go by."""

    method: Annotated[str | None, "ensemble, or a simpler one that was proven better on this board"]
    chance_of_at_least: Annotated[list[float], "P(at least 1, 2, 3 … wins)"]
    promised: Annotated[float | None, "what p10 to p90 is meant to hold; null: too little record to name a share"]
    record: Annotated[Rate, "what p10 to p90 held of past forecasts over so many weeks that do not overlap"]
    range: Annotated[RangeRecord | None, "from the least to the most that any way to count has within its p10 to p90"]
    weights: Annotated[dict[str, float], "what each way to count has to say; adding up to 1"]
    notes: Annotated[list[Note], "why the past may be no guide"]
    stretch: Annotated[float | None, "by what the record asks the interval to be wider than the ways to count have it"]


class MethodRecord(SpreadRecord):
    """The forecast by one method."""

    at_least: Levels


class ChanceRecord(TypedDict):
    """How likely one card is to be won within the weeks."""

    card: str
    probability: float


class SumRecord(TypedDict):
    """What the open deals may bring."""

    deals: int
    expected: Amount
    p10: Amount
    p50: Amount
    p90: Amount


class MoneyRecord(TypedDict):
    """The money of one currency, by the month in which deals are expected to close."""

    currency: str
    ahead: SumRecord
    by_close_month: dict[str, SumRecord]
    without_amount: tuple[str, ...]


class QuotaRecord(TypedDict):
    """One quota on the day; numbers of wins, or amounts as decimal strings."""

    period: str
    since: date
    until: date
    owner: str | None
    unit: Annotated[str, one_of("wins", "amount")]
    target: str | int
    won: str | int
    missing: str | int
    pace: Amount
    light: Light
    chance: float | None
    open: str | None
    open_weighted: str | None


class WhenRecord(TypedDict):
    """The wins asked for, and the day by which they are 50, 85 and 95 % likely."""

    wins: int
    by: DayLevels


class ForecastDocument(TypedDict):
    """What the board's own past lets one expect in the weeks after `as_of`. Fields may be added."""

    schema: Literal["kanban-forecast/1"]
    as_of: date
    weeks: Positive
    head: str | None
    weeks_seen: Annotated[int, "complete weeks since the first event"]
    enough_history: Annotated[bool, "six complete weeks or more"]
    wins_per_week: Annotated[float | None, "X: mean of the last six complete weeks"]
    sheet_rule: SheetRecord
    recommended: RecommendedRecord
    at_least: Annotated[Levels, "confidence in percent: the wins there will be at least, by the recommended forecast"]
    methods: dict[str, MethodRecord]
    w: Annotated[int, "cards now in the last open column"]
    w_column: str
    w_history: Annotated[float | None, "mean end-of-day count of the 13 complete weeks before"]
    w_weeks: int
    stress: Annotated[bool, "w above 1.5 times w_history"]
    lead_time_p50: Annotated[int | None, "L: median days from start to win, both counted"]
    lead_time_n: int
    suspicions: Annotated[list[SuspicionRecord], "commits whose dates are hardly the cards’ own, the newest first"]
    cards: Annotated[list[ChanceRecord], "open cards, likeliest to be won within the weeks first"]
    money: list[MoneyRecord]
    quotas: list[QuotaRecord]
    when: NotRequired[Annotated[WhenRecord, "with --wins"]]
    what_if: NotRequired[Annotated[list[dict[str, Any]], "with --wip or --drop: answers of a model"]]


def forecast_document(forecast: Forecast) -> ForecastDocument:
    """The whole forecast."""
    found, sheet = forecast.stress, forecast.sheet
    return {
        "schema": "kanban-forecast/1",
        "as_of": forecast.as_of,
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
            "coverage": forecast.sheet_coverage,
            "coverage_simulated": SIMULATED_COVERAGE,
        },
        "recommended": _recommended(forecast),
        "at_least": _levels(forecast.at_least),
        "methods": {name: _pmf(poured(found)) for name, found in forecast.methods.items()},
        "w": found.w,
        "w_column": found.column,
        "w_history": found.history,
        "w_weeks": found.weeks,
        "stress": found.stressed,
        "lead_time_p50": forecast.lead_time.p50,
        "lead_time_n": forecast.lead_time.n,
        "suspicions": suspicion_records(suspicions_of(forecast.ledger)),
        "cards": [{"card": card, "probability": round(chance, 6)} for card, chance in forecast.chances.items()],
        "money": [_money(forecast, at) for at in range(len(forecast.money))],
        "quotas": [_quota(one) for one in forecast.quotas],
    }


def _levels(found: Mapping[int, int | None]) -> Levels:
    return {"50": found.get(50), "85": found.get(85), "95": found.get(95)}


def _spread(average: float | None, found: Mapping[int, int]) -> SpreadRecord:
    p10, p25, p50, p75, p90 = (found.get(percent) for percent in PERCENTS)
    return {"mean": average, "p10": p10, "p25": p25, "p50": p50, "p75": p75, "p90": p90}


def _recommended(forecast: Forecast) -> RecommendedRecord:
    known, origin = forecast.wins, forecast.origin
    low, high = origin.range if origin else (0, 0)
    return {
        "method": origin.method if origin else None,
        **_spread(None if known is None else mean(known), forecast.recommended),
        "chance_of_at_least": [] if known is None else _chances(known),
        "promised": PROMISE if forecast.record.promises else None,
        "record": forecast.record.held,
        "range": {"low": low, "high": high} if origin else None,
        "weights": {name: round(weight, 6) for name, weight in origin.weights.items()} if origin else {},
        "notes": list(forecast.notes),
        "stretch": origin.stretch if origin else None,
    }


def _chances(pmf: Pmf) -> list[float]:
    """P(at least k wins) for k = 1, 2 … as long as it is one in a hundred."""
    found = (round(chance_of_at_least(pmf, count), 6) for count in range(1, len(pmf)))
    return [chance for chance in found if chance >= 0.01]


def _pmf(pmf: Pmf) -> MethodRecord:
    levels = {level: at_least(pmf, level / 100) for level in CONFIDENCES}
    return {**_spread(mean(pmf), quantiles(pmf, PERCENTS)), "at_least": _levels(levels)}


def _money(forecast: Forecast, at: int) -> MoneyRecord:
    one = forecast.money[at]
    return {
        "currency": one.currency,
        "ahead": _sum(one.ahead),
        "by_close_month": {key: _sum(found) for key, found in one.months.items()},
        "without_amount": one.without_amount,
    }


def _sum(found: Sum) -> SumRecord:
    p10, p50, p90 = (decimal_text(value) for value in found.quantiles.values())
    expected = decimal_text(found.expected.quantize(CENT))
    return {"deals": found.deals, "expected": expected, "p10": p10, "p50": p50, "p90": p90}


def _quota(one: Attainment) -> QuotaRecord:
    def number(value: Decimal) -> int | str:
        return int(value) if one.unit == WINS else f"{value}"

    raw, weighted = (None if one is None else decimal_text(one) for one in (one.open_raw, one.open_weighted))
    return filled(
        QuotaRecord, one, target=number(one.target), won=number(one.won), missing=number(one.missing),
        pace=f"{one.pace}", chance=one.reach, open=raw, open_weighted=weighted,
    )  # fmt: skip


def horizon_json(found: Horizon) -> WhenRecord:
    """`when`: the wins asked for, and the day by which they are 50, 85 and 95 % likely."""
    return {"wins": found.wins, "by": {"50": found.by[50], "85": found.by[85], "95": found.by[95]}}


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
        "drop": found.cards,
        "probabilities": found.chances,
        "say": found.say,
        "before": _pmf(found.before),
        "after": _pmf(found.after),
    }
