"""Spread: how far the wins of a horizon stray from a rule's expectation, as variance over mean (dispersion).

A rule's own past errors say it (error² / expected), older ones counting less; before there are many, the dispersion of
single weeks does, times 1 + weeks ahead / window, which is what a mean of so few weeks adds. The card model has a
spread of its own; its errors say how much wider it should have been.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kanban.forecast.ensemble.counts import HIGH, LOW, Quantiles, Z

PRIOR, PRIOR_DISPERSION = 6.0, 1.5
"""The imagined past errors, and what a board without a past is thought to have (a little more than Poisson's 1)."""

_KEPT, _WINDOW, _PRIOR_WEEKS = 52, 13, 3.0


def weekly_dispersion(weekly: Sequence[int]) -> float:
    """Variance over mean of one week around the mean of the 13 before it; at least 1."""
    weight, total = _PRIOR_WEEKS, _PRIOR_WEEKS * PRIOR_DISPERSION
    for at in range(max(2, len(weekly) - _KEPT), len(weekly)):
        before = weekly[max(0, at - _WINDOW) : at]
        mean = sum(before) / len(before)
        weight += 1
        total += (weekly[at] - mean) ** 2 / max(mean * (1 + 1 / len(before)), 0.25)
    return max(1.0, total / weight)


@dataclass(slots=True)
class Faded:
    """A mean that forgets: each new value makes the older ones count less."""

    memory: float
    weight: float = 0.0
    total: float = 0.0

    def learn(self, value: float) -> None:
        """One more value."""
        self.weight = self.memory * self.weight + 1
        self.total = self.memory * self.total + value

    def drawn(self, to: float, strength: float) -> float:
        """The mean, drawn to a value as if that had been seen `strength` times."""
        return (self.total + strength * to) / (self.weight + strength)


def unit_of(expected: float) -> float:
    """The squared error that is usual for a count: its expectation, as for Poisson's law."""
    return max(expected, 0.5)


def unit_of_quantiles(said: Quantiles) -> float:
    """The squared error that a distribution itself takes for usual: its variance, read from the middle eight tenths."""
    return float(max(((said[HIGH] - said[LOW]) / (Z[HIGH] - Z[LOW])) ** 2, 0.25))
