"""How many of several independent events happen, each with a probability of its own: the Poisson-binomial distribution.

Events of one probability are taken together, as a binomial distribution; then one group is added after another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kanban.forecast.models.distribution import NOTHING, TAIL, Pmf, convolve, trimmed

_LEAST = TAIL * TAIL
_AT_ONCE = 400
"""Events of one group taken at once: the chance of none of them then stays a number."""


def poisson_binomial(probabilities: Iterable[float]) -> Pmf:
    """The distribution of the number of successes; certain 0 without any event."""
    total = NOTHING
    for chance, times in sorted(Counter(probabilities).items()):
        for begin in range(0, times, _AT_ONCE):
            total = convolve(total, binomial(min(times - begin, _AT_ONCE), chance))
    return total


def binomial(times: int, chance: float) -> Pmf:
    """The distribution of the number of successes among so many events of one probability."""
    if chance > 0.5:
        found = binomial(times, 1 - chance)
        return trimmed([0.0] * (times + 1 - len(found)) + list(reversed(found)))
    chances, now = [], (1 - chance) ** times
    for count in range(times + 1):
        chances.append(now)
        now *= (times - count) / (count + 1) * chance / (1 - chance)
        if now < _LEAST and count > times * chance:
            break
    return trimmed(chances)
