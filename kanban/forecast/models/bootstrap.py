"""Paired bootstrap: is one method's loss really lower than another's, or was that luck?

The differences of losses, origin by origin, are drawn again with replacement; the middle 95 % of the means of such
draws is the interval. The seed is fixed, so the interval is the same each time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

DRAWS, SEED = 2000, 20_260_105


@dataclass(frozen=True, slots=True)
class Difference:
    """Mean difference of losses, first minus second, with its 95 % interval; below 0 the first is better."""

    mean: float
    low: float
    high: float
    n: int

    @property
    def proven(self) -> bool:
        """Whether the interval leaves out 0."""
        return self.low > 0 or self.high < 0


def paired_difference(one: Sequence[float], other: Sequence[float]) -> Difference | None:
    """The difference between two methods' losses at the same origins; None without any."""
    differences = [first - second for first, second in zip(one, other, strict=True)]
    count = len(differences)
    if not count:
        return None
    random = Random(SEED)  # noqa: S311 - an interval, not a secret
    means = sorted(sum(random.choices(differences, k=count)) / count for _draw in range(DRAWS))
    return Difference(sum(differences) / count, means[DRAWS // 40], means[-DRAWS // 40 - 1], count)
