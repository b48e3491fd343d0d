"""Counts: distributions of a number of wins, read as *fractional* quantiles. Nothing is drawn at random.

A count is whole, but a quantile of it need not be. The mass of k is spread evenly over k − ½ … k + ½ (the mid-P
convention), so a quantile moves smoothly with its level and an interval can be widened by less than a whole win. An
outcome is inside when p10 ≤ outcome ≤ p90: a whole number is in exactly when its mid-P lies within the levels. With
whole-number quantiles an 80 % interval of a small count holds 90 % and more; with these it holds 80 % on average.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, log1p, sqrt
from statistics import NormalDist

LEVELS = (0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 0.75, 0.85, 0.9, 0.95, 0.975)
LOW, MIDDLE, HIGH = LEVELS.index(0.1), LEVELS.index(0.5), LEVELS.index(0.9)
SCORED = tuple(LEVELS.index(level) for level in (0.1, 0.25, 0.5, 0.75, 0.9))

Quantiles = tuple[float, ...]
"""The values at LEVELS, rising."""

Z = tuple(NormalDist().inv_cdf(level) for level in LEVELS)
EXACT_BELOW = 60.0
_MOST = 100_000
_EXACT_SUMS = 2_000


def normal(mean: float, sigma: float) -> Quantiles:
    """A normal distribution, not below 0."""
    return tuple(max(0.0, mean + z * sigma) for z in Z)


def over_dispersed(mean: float, dispersion: float) -> Quantiles:
    """A count of this mean and of variance `dispersion` × mean: negative binomial, exact where the count is small."""
    if mean <= 0:
        return (0.0,) * len(LEVELS)
    excess = max(dispersion - 1.0, 1e-6)
    shape = mean / max(dispersion, 1e-6)
    if mean >= EXACT_BELOW and shape >= 3:
        part = 1 / (9 * shape)
        return tuple(mean * max(0.0, 1 - part + z * sqrt(part)) ** 3 for z in Z)
    r = mean / excess
    chance = exp(-r * log1p(excess))
    ratio = excess / (1 + excess)
    return _read(_rising(chance, r, ratio))


def _rising(chance: float, r: float, ratio: float) -> list[tuple[int, float]]:
    found, below, count = [], 0.0, 0
    while below < LEVELS[-1] and count < _MOST:
        found.append((count, chance))
        below += chance
        chance *= (count + r) / (count + 1) * ratio
        count += 1
    found.append((count, max(chance, 1e-12)))
    return found


def of_masses(masses: Mapping[int, float]) -> Quantiles:
    """The fractional quantiles of a distribution given as count → probability."""
    return _read(sorted(masses.items()))


def _read(masses: Sequence[tuple[int, float]]) -> Quantiles:
    """Values at LEVELS, each count's mass spread evenly over the unit around it."""
    found: list[float] = []
    below, at = 0.0, 0
    for level in LEVELS:
        while at < len(masses) - 1 and below + masses[at][1] < level:
            below += masses[at][1]
            at += 1
        count, mass = masses[at]
        share = min(1.0, (level - below) / mass) if mass > 0 else 0.5
        found.append(max(0.0, count - 0.5 + share))
    return tuple(found)


def convolved(weekly: Sequence[int], weeks: int) -> Quantiles:
    """The sum of `weeks` draws of the given weeks with replacement: endless Monte Carlo, exact unless very large."""
    if weeks * max(weekly) > _EXACT_SUMS:
        mean = sum(weekly) / len(weekly)
        return normal(weeks * mean, sqrt(weeks * sum((wins - mean) ** 2 for wins in weekly) / len(weekly)))
    once: dict[int, float] = {}
    for wins in weekly:
        once[wins] = once.get(wins, 0.0) + 1 / len(weekly)
    total = {0: 1.0}
    for _week in range(weeks):
        grown: dict[int, float] = {}
        for count, chance in total.items():
            for more, share in once.items():
                grown[count + more] = grown.get(count + more, 0.0) + chance * share
        total = grown
    return of_masses(total)


def pinball(quantiles: Quantiles, outcome: float) -> float:
    """Mean pinball loss at 10, 25, 50, 75 and 90 %."""
    total = 0.0
    for at in SCORED:
        level, value = LEVELS[at], quantiles[at]
        total += level * (outcome - value) if outcome >= value else (1 - level) * (value - outcome)
    return total / len(SCORED)


def inside(quantiles: Quantiles, outcome: float) -> bool:
    """Whether the 10–90 % interval, ends included, holds the outcome."""
    return quantiles[LOW] <= outcome <= quantiles[HIGH]
