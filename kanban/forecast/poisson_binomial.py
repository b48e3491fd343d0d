"""How many of several independent events happen, each with a probability of its own: the Poisson-binomial distribution.

Exact, by adding one event after another.
"""

from __future__ import annotations

from collections.abc import Iterable

from kanban.forecast.distribution import Pmf, trimmed


def poisson_binomial(probabilities: Iterable[float]) -> Pmf:
    """The distribution of the number of successes; certain 0 without any event."""
    total = [1.0]
    for chance in probabilities:
        miss = 1 - chance
        grown = [count * miss for count in total] + [0.0]
        for at, already in enumerate(total):
            grown[at + 1] += already * chance
        total = grown
    return trimmed(total)
