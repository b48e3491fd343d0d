"""Masses: fractional quantiles read back as a distribution of whole numbers.

Between two quantiles probability is spread evenly, beyond the outermost it falls off exponentially at the pace of the
last eighth. Read mid-P again, the distribution has the quantiles that it was made from.
"""

from __future__ import annotations

from bisect import bisect_right
from math import exp, log

from kanban.forecast.ensemble.counts import HIGH, LEVELS, LOW, Quantiles
from kanban.forecast.models.distribution import Pmf, trimmed

_LEFT_OUT, _LEAST_PACE = 1e-9, 0.1
_TAIL = log(LEVELS[LOW] / LEVELS[0])


def poured(quantiles: Quantiles) -> Pmf:
    """The probabilities of 0, 1, 2 …"""
    below, count = 0.0, 0
    chances: list[float] = []
    while below < 1 - _LEFT_OUT:
        now = _below(quantiles, count + 0.5)
        chances.append(now - below)
        below, count = now, count + 1
    return trimmed(chances)


def _below(quantiles: Quantiles, value: float) -> float:
    """P(less than a value)."""
    at = bisect_right(quantiles, value)
    if at == 0:
        pace = max(_LEAST_PACE, (quantiles[LOW] - quantiles[0]) / _TAIL)
        return LEVELS[0] * exp((value - quantiles[0]) / pace)
    if at == len(quantiles):
        pace = max(_LEAST_PACE, (quantiles[-1] - quantiles[HIGH]) / _TAIL)
        return 1 - (1 - LEVELS[-1]) * exp((quantiles[-1] - value) / pace)
    share = (value - quantiles[at - 1]) / (quantiles[at] - quantiles[at - 1])
    return LEVELS[at - 1] + share * (LEVELS[at] - LEVELS[at - 1])
