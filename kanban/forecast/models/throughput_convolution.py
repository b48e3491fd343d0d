"""Monte Carlo on throughput, without the dice: draws of past weeks with replacement, their sum computed exactly.

The sum of h weekly draws is the h-fold convolution of the observed distribution, so the answer is the one that endless
draws would give, and the same each time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kanban.forecast.models.distribution import Pmf, power


def throughput_convolution(weekly: Sequence[int], weeks: int) -> Pmf | None:
    """Wins in the next `weeks` weeks if each is like one of the given weeks; None without any week."""
    if not weekly:
        return None
    counts = Counter(weekly)
    once = tuple(counts[wins] / len(weekly) for wins in range(max(weekly) + 1))
    return power(once, weeks)
