"""Methods: the ways to forecast wins that are scored against each other, each under a stable name.

A method turns evidence into quantiles; it says None when the evidence is too little for it.
"""

from __future__ import annotations

from collections.abc import Mapping

from kanban.forecast.evidence import Evidence
from kanban.forecast.models import mixture
from kanban.forecast.models.card_model import CardModel
from kanban.forecast.models.distribution import Pmf, quantile
from kanban.forecast.models.gamma_poisson import gamma_poisson
from kanban.forecast.models.sheet_rule import sheet_rule
from kanban.forecast.models.throughput_convolution import throughput_convolution
from kanban.metrics.flow.throughput import RECENT_WEEKS

LEVELS = (10, 25, 50, 75, 90)
SHEET, WEEKS, CARDS, RECOMMENDED = "sheet", "weeks", "cards", mixture.METHOD
MONTE_CARLO, MONTE_CARLO_LONG = "monte-carlo-6", "monte-carlo-26"

Quantiles = Mapping[int, float]


def forecasts(evidence: Evidence, weeks: int) -> dict[str, Quantiles]:
    """The quantiles of every method at the five levels; {} before the first complete week."""
    weekly = evidence.weekly_wins
    rule = sheet_rule(weekly, weeks)
    if rule is None:
        return {}
    cards, steady = CardModel(evidence, 7 * weeks).wins(7 * weeks), gamma_poisson(weekly, weeks)
    counts: dict[str, Pmf | None] = {
        MONTE_CARLO: throughput_convolution(weekly[-RECENT_WEEKS:], weeks),
        WEEKS: steady,
        CARDS: cards,
        RECOMMENDED: None if steady is None else mixture.half_and_half(cards, steady),
    }
    found: dict[str, Quantiles] = {SHEET: {level: rule.quantile(level / 100) for level in LEVELS}}
    for name, pmf in counts.items():
        if pmf is not None:
            found[name] = {level: float(quantile(pmf, level / 100)) for level in LEVELS}
    return found
