"""Gamma-Poisson: wins of the next weeks when each week is Poisson at a rate known only from the weeks that were.

With Jeffreys' prior, n weeks with x wins in all leave a Gamma(½ + x, n) belief about the rate, and the wins of h weeks
are negative binomial with r = ½ + x and p = n / (n + h). Weeks without a win are evidence like any other, and no win at
all does not mean none ever.
"""

from __future__ import annotations

from math import exp, lgamma, log, log1p

from kanban.forecast.models.distribution import NOTHING, TAIL, Pmf, trimmed

_PRIOR = 0.5
_MOST = 100_000


def predictive(events: int, exposure: float, ahead: float) -> Pmf:
    """Events over `ahead` units of time, after `events` were seen in `exposure` units."""
    return negative_binomial(_PRIOR + events, exposure / (exposure + ahead)) if ahead > 0 else NOTHING


def negative_binomial(r: float, p: float) -> Pmf:
    """The negative binomial distribution of mean r (1 − p) / p, for real r > 0 and 0 < p ≤ 1."""
    if p >= 1:
        return NOTHING
    fixed, step = r * log(p) - lgamma(r), log1p(-p)
    chances: list[float] = []
    seen = 0.0
    while seen < 1 - TAIL and len(chances) < _MOST:
        count = len(chances)
        chances.append(exp(lgamma(count + r) - lgamma(count + 1) + fixed + count * step))
        seen += chances[-1]
        if chances[-1] < TAIL * TAIL and seen > 0.5:
            break
    return trimmed(chances)
