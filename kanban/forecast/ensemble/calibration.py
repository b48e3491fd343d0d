"""Calibration: the interval is widened after a miss and narrowed after a hit until it holds what it promises.

Adaptive conformal inference (Gibbs & Candès 2021) in the form of quantile tracking (Angelopoulos, Candès & Tibshirani
2023): log stretch ← log stretch + step · (missed − 20 %). Whatever the series does, the share of misses is within
(range of the log stretch) / (step · n) of 20 % in the long run. With whole-number intervals this also keeps small
counts from holding far more than 80 %: the interval is now the wider, now the narrower one.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt

from kanban.forecast.ensemble.counts import LEVELS, MIDDLE, Quantiles, inside

MISSES = 0.20
STEP = 0.15
_LEAST, _MOST = log(0.25), log(6.0)


@dataclass(slots=True)
class Stretch:
    """The running log stretch."""

    log_factor: float = 0.0

    def learn(self, reported: Quantiles, outcome: int, ahead: int) -> None:
        """One outcome of a forecast as it was reported; overlapping ones count for 1 / √h."""
        missed = 0.0 if inside(reported, outcome) else 1.0
        moved = self.log_factor + STEP * (missed - MISSES) / sqrt(ahead)
        self.log_factor = min(max(moved, _LEAST), _MOST)

    @property
    def factor(self) -> float:
        """What the distance from the median is multiplied by."""
        return exp(self.log_factor)


def stretched(quantiles: Quantiles, factor: float) -> Quantiles:
    """Quantiles around their median: the quarters by the root of the factor, all beyond by the factor."""
    middle, found = quantiles[MIDDLE], []
    for level, value in zip(LEVELS, quantiles, strict=True):
        by = sqrt(factor) if 0.25 <= level <= 0.75 else factor
        found.append(max(0.0, middle + by * (value - middle)))
    return tuple(sorted(found))


def whole(quantiles: Quantiles) -> Quantiles:
    """Whole numbers, as they are reported: of an exact distribution read mid-P these are its ordinary quantiles."""
    return tuple(float(int(value + 0.5)) for value in quantiles)
