"""Scoring: how good quantile forecasts were, once what they were about has happened.

*Pinball loss* at 10, 25, 50, 75 and 90 %, their mean: the lower the better, in wins; it rewards both being near and
being honest about the spread. *CRPS*: the continuous ranked probability score of the whole distribution, in wins too.
*Coverage*: the share of outcomes inside the 10–90 interval, ends included, with a binomial interval. *Bias*: median
minus outcome. *PIT*: where outcomes fell in the distributions, each spread evenly over its own probability as counts
ask for (Czado, Gneiting & Held 2009): level if forecasts are honest, hollow if too wide, two-humped if too narrow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kanban.forecast.models.distribution import Pmf
from kanban.metrics.base.intervals import Rate, rate_of

Quantiles = Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Score:
    """One method over several origins. `losses` are per origin, in their order."""

    n: int
    pinball: float
    crps: float
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


def crps(masses: Pmf, outcome: int) -> float:
    """The continuous ranked probability score of a distribution of counts, whose last mass ends it."""
    below, total = 0.0, 0.0
    for count in range(max(len(masses), outcome)):
        below = min(1.0, below + masses[count]) if count < len(masses) else 1.0
        total += (below - (count >= outcome)) ** 2
    return total


def score(pairs: Sequence[tuple[Quantiles, int]], masses: Sequence[Pmf]) -> Score | None:
    """The score of forecasts, each with what came and its whole distribution; None without any."""
    if not pairs:
        return None
    losses = tuple(pinball(forecast, outcome) for forecast, outcome in pairs)
    ranked = sum(crps(one, outcome) for one, (_levels, outcome) in zip(masses, pairs, strict=True)) / len(pairs)
    inside = sum(forecast[10] <= outcome <= forecast[90] for forecast, outcome in pairs)
    bias = sum(forecast[50] - outcome for forecast, outcome in pairs) / len(pairs)
    return Score(len(pairs), sum(losses) / len(losses), ranked, rate_of(inside, len(pairs)), bias, losses)


@dataclass(frozen=True, slots=True)
class Pit:
    """How outcomes lay in what was forecast: the probability below each and up to it."""

    spans: tuple[tuple[float, float], ...]

    def below(self, level: float) -> float:
        """The share of outcomes below the quantile of a level: what a reliability diagram shows over it."""
        return sum(_share(level, low, high) for low, high in self.spans) / max(1, len(self.spans))

    def histogram(self, bins: int = 10) -> tuple[float, ...]:
        """The share of outcomes in each of so many equal parts of the distributions."""
        at = [self.below(number / bins) for number in range(bins + 1)]
        return tuple(after - before for before, after in pairwise(at))


def _share(level: float, low: float, high: float) -> float:
    if level >= 1:
        return 1.0
    return min(1.0, max(0.0, (level - low) / (high - low))) if high > low else float(level >= high)


def pit(pairs: Sequence[tuple[Pmf, int]]) -> Pit:
    """Of forecasts, each with what came."""
    return Pit(tuple((sum(masses[:outcome]), sum(masses[: outcome + 1])) for masses, outcome in pairs))
