"""Interval of a rate: where the true rate lies with 95 % confidence, given how few cards it was seen on.

Wilson's score interval: stays inside 0 and 1, and says something sensible for 0 of 5. For a rate estimated with cards
still open it is taken at the effective number of cards, the number at which a plain rate would be as uncertain
(Rothman's interval for survival curves).
"""

from math import sqrt

from kanban.schemas.fields import Count, Share
from kanban.values import dataclass

Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate between 0 and 1 with its 95 % interval and the cards it was seen on; None: nothing to estimate from."""

    rate: Share | None
    low: Share | None
    high: Share | None
    n: Count


def wilson(rate: float, n: float) -> tuple[float, float]:
    """The 95 % score interval of a rate seen on `n` cards (`n` may be an effective number)."""
    if n <= 0:
        return 0.0, 1.0
    square = Z95 * Z95
    centre = (rate + square / (2 * n)) / (1 + square / n)
    reach = Z95 * sqrt(rate * (1 - rate) / n + square / (4 * n * n)) / (1 + square / n)
    low = 0.0 if rate == 0 else max(0.0, centre - reach)
    return low, 1.0 if rate == 1 else min(1.0, centre + reach)


def rate_of(hits: int, n: int) -> Rate:
    """`hits` of `n` as a rate."""
    if n == 0:
        return Rate(None, None, None, 0)
    low, high = wilson(hits / n, n)
    return Rate(hits / n, low, high, n)
