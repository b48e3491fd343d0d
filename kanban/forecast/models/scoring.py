"""Scoring: how good quantile forecasts were, once what they were about has happened.

*Pinball loss* at 10, 25, 50, 75 and 90 %, their mean: the lower the better, in wins; it rewards both being near and
being honest about the spread (twice its mean approximates the continuous ranked probability score). *Coverage*: the
share of outcomes inside the 10–90 interval, ends included, with a binomial interval. *Bias*: median minus outcome.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kanban.metrics.base.intervals import Rate, rate_of

Quantiles = Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Score:
    """One method over several origins. `losses` are per origin, in their order."""

    n: int
    pinball: float
    coverage: Rate
    bias: float
    losses: tuple[float, ...]

    def skill(self, reference: Score) -> float | None:
        """1 − loss / loss of the reference: above 0 is better than it; None where the reference never errs."""
        return None if reference.pinball == 0 else 1 - self.pinball / reference.pinball


def pinball(forecast: Quantiles, outcome: float) -> float:
    """Mean pinball loss over the forecast's levels."""
    total = 0.0
    for percent, value in forecast.items():
        level = percent / 100
        total += level * (outcome - value) if outcome >= value else (1 - level) * (value - outcome)
    return total / len(forecast)


def score(pairs: Sequence[tuple[Quantiles, int]]) -> Score | None:
    """The score of forecasts, each with what came; None without any."""
    if not pairs:
        return None
    losses = tuple(pinball(forecast, outcome) for forecast, outcome in pairs)
    inside = sum(forecast[10] <= outcome <= forecast[90] for forecast, outcome in pairs)
    bias = sum(forecast[50] - outcome for forecast, outcome in pairs) / len(pairs)
    return Score(len(pairs), sum(losses) / len(losses), rate_of(inside, len(pairs)), bias, losses)
