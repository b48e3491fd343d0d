"""Distribution of a count: probabilities of 0, 1, 2 …, added and read as quantiles. No random numbers anywhere.

A `Pmf` ends where less than 10⁻¹² of probability is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

Pmf = tuple[float, ...]
"""`pmf[k]` is the probability of exactly k."""

NOTHING: Pmf = (1.0,)
"""The count that is 0 for certain."""

TAIL = 1e-12
_SLACK = 1e-9


def mean(pmf: Pmf) -> float:
    """The expected count."""
    return sum(count * chance for count, chance in enumerate(pmf))


def convolve(one: Pmf, other: Pmf) -> Pmf:
    """The distribution of the sum of two independent counts."""
    total = [0.0] * (len(one) + len(other) - 1)
    for at, chance in enumerate(one):
        if chance:
            for beside, more in enumerate(other):
                total[at + beside] += chance * more
    return trimmed(total)


def quantile(pmf: Pmf, level: float) -> int:
    """The smallest k with P(count ≤ k) ≥ `level` (0 to 1)."""
    for count, below in enumerate(accumulate(pmf)):
        if below >= level - _SLACK:
            return count
    return len(pmf) - 1


def quantiles(pmf: Pmf, percents: Sequence[int]) -> Mapping[int, int]:
    """Several quantiles of one distribution, keyed by percent."""
    return {percent: quantile(pmf, percent / 100) for percent in percents}


def chance_of_at_least(pmf: Pmf, count: int) -> float:
    """P(count ≥ `count`)."""
    return min(1.0, max(0.0, 1 - sum(pmf[: max(0, count)])))


def at_least(pmf: Pmf, level: float) -> int:
    """The largest k with P(count ≥ k) ≥ `level`: what may be promised with that much confidence."""
    promised = 0
    for count, below in enumerate(accumulate(pmf), start=1):
        if 1 - below < level - _SLACK:
            break
        promised = count
    return promised


def trimmed(chances: Iterable[float]) -> Pmf:
    """The distribution without its negligible tail, adding up to 1."""
    values = list(chances)
    left = 0.0
    while len(values) > 1 and left + values[-1] < TAIL:
        left += values.pop()
    whole = sum(values)
    return tuple(value / whole for value in values)
