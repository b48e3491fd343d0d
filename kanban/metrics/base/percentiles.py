"""Percentile by nearest rank: the smallest observed value such that at least p % of the values are no larger.

Always a value that was observed, never an interpolation. With few values high percentiles are simply the largest
one: p85 up to 6 values, p95 up to 19. The median of an even number is the lower of the two middle values.
"""

from collections.abc import Iterable, Sequence
from typing import TypeVar

T = TypeVar("T", int, float)


def nearest_rank(ordered: Sequence[T], percent: int) -> T | None:
    """The `percent`-th percentile (1 to 100) of values sorted in rising order; None without values.

    The rank is computed in whole numbers: in floating point 0.55 × 100 is a little more than 55.
    """
    if not ordered:
        return None
    return ordered[(percent * len(ordered) + 99) // 100 - 1]


def percentiles(values: Iterable[T], percents: Sequence[int]) -> dict[int, T | None]:
    """Several percentiles of the same values, keyed by percent."""
    ordered = sorted(values)
    return {percent: nearest_rank(ordered, percent) for percent in percents}


def is_the_maximum(n: int, percent: int) -> bool:
    """Whether the percentile of `n` values can only be the largest: too few values to mean more."""
    return n > 0 and (percent * n + 99) // 100 == n
