"""How many of several independent events happen, each with a probability of its own: the Poisson-binomial distribution.

By adding one event after another; counts less likely than 10⁻³⁰, at either end, are let go on the way, as they are many
where events are many.
"""

from __future__ import annotations

from collections.abc import Iterable

from kanban.forecast.models.distribution import Pmf, trimmed

_NEVER = 1e-30


def poisson_binomial(probabilities: Iterable[float]) -> Pmf:
    """The distribution of the number of successes; certain 0 without any event."""
    total, low = [1.0], 0
    for chance in probabilities:
        miss = 1 - chance
        total = [
            as_many * miss + one_less * chance for as_many, one_less in zip((*total, 0.0), (0.0, *total), strict=True)
        ]
        while total[-1] < _NEVER:
            total.pop()
        if total[0] < _NEVER:
            total.pop(0)
            low += 1
    return trimmed([0.0] * low + total)
