"""The sheet's rule (D33): X wins a week over the last six complete weeks, so h·X in h weeks, give or take one σ.

σ is the sample standard deviation (n − 1) of those weekly wins; the interval is h·X − σ, not below 0, to h·X + σ, not
rounded. It is kept because the team knows it, and labelled: σ is the spread of *one* week, so the interval of four
holds far fewer outcomes than the two thirds that "one sigma" promises. `coverage` says how many it held on this board.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from kanban.metrics.base.intervals import Rate, rate_of
from kanban.metrics.flow.throughput import RECENT_WEEKS

PROMISED = 0.68
SIMULATED_COVERAGE = (0.27, 0.32)
"""What the interval held of outcomes whose weeks are Poisson or wilder, 0.3 to 4 wins a week: 20 000 draws each."""


@dataclass(frozen=True, slots=True)
class SheetRule:
    """X, σ (None for one week alone, whose spread is unknown) and the interval for `weeks` weeks."""

    weeks: int
    wins_per_week: float
    sigma: float | None
    seen: int

    @property
    def expected(self) -> float:
        """h · X."""
        return self.weeks * self.wins_per_week

    @property
    def low(self) -> float | None:
        """h · X − σ, not below 0."""
        return None if self.sigma is None else max(0.0, self.expected - self.sigma)

    @property
    def high(self) -> float | None:
        """h · X + σ."""
        return None if self.sigma is None else self.expected + self.sigma

    def quantile(self, level: float) -> float:
        """The rule read as a normal distribution around h·X with its σ, not below 0: how it is scored."""
        if not self.sigma:
            return self.expected
        return max(0.0, NormalDist(self.expected, self.sigma).inv_cdf(level))


def sheet_rule(weekly: Sequence[int], weeks: int = 4) -> SheetRule | None:
    """The rule on complete weeks, oldest first; None before the first one is over."""
    recent = weekly[-RECENT_WEEKS:]
    if not recent:
        return None
    x = sum(recent) / len(recent)
    spread = sqrt(sum((wins - x) ** 2 for wins in recent) / (len(recent) - 1)) if len(recent) > 1 else None
    return SheetRule(weeks, x, spread, len(recent))


def coverage(weekly: Sequence[int], weeks: int = 4) -> Rate:
    """How often the interval held what then came: one try per week with six before and `weeks` after."""
    hits = tries = 0
    for origin in range(RECENT_WEEKS, len(weekly) - weeks + 1):
        rule = sheet_rule(weekly[:origin], weeks)
        if rule is not None and rule.low is not None and rule.high is not None:
            tries += 1
            hits += rule.low <= sum(weekly[origin : origin + weeks]) <= rule.high
    return rate_of(hits, tries)
