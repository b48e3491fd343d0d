"""Incidence: the share of cards to which something happens within so many days, cards still open taken into account.

The Aalen-Johansen estimate with two competing ends, *hit* and *other*: at each day, the cards still undecided times
the share of them that is hit on that day, added up to the horizon. An open card counts for as long as it has been
watched and no longer; one that ends on the last day it was watched was still there. Variance: Greenwood's kind for
competing risks (Marubini and Valsecchi). The estimate holds where mature and young cohorts are mixed, as on any board;
a plain share does not.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from kanban.metrics.base.intervals import Rate, wilson
from kanban.values import dataclass

HIT, OTHER, OPEN = "hit", "other", "open"


class Watch(NamedTuple):
    """One card: how many days it was watched, and what ended that (`hit`, `other`, or `open`: nothing yet)."""

    days: int
    end: str


def incidence(watched: Iterable[Watch] | Counter[Watch], horizon: int) -> Rate:
    """The cumulative incidence of `hit` within `horizon` days, with its 95 % interval; `n` counts all cards."""
    cards = Counter(watched)
    if not cards:
        return Rate(None, None, None, 0)
    steps, total = _steps(cards, horizon)
    share = total
    variance = _variance(steps, share)
    if 0 < share < 1 and variance > 0:
        effective = share * (1 - share) / variance
    else:
        effective = sum(count for card, count in cards.items() if card.days >= horizon or card.end != OPEN)
    low, high = wilson(share, effective)
    return Rate(share, low, high, cards.total())


@dataclass(frozen=True, slots=True)
class _Step:
    """One day on which something ended: cards at risk, hits, ends of both kinds, survival before, incidence after."""

    at_risk: int
    hits: int
    ends: int
    undecided: float
    share: float


def _steps(cards: Counter[Watch], horizon: int) -> tuple[list[_Step], float]:
    at_risk, undecided, share = cards.total(), 1.0, 0.0
    steps: list[_Step] = []
    for day in sorted({card.days for card in cards}):
        if day > horizon:
            break
        hits = cards[Watch(day, HIT)]
        ends = hits + cards[Watch(day, OTHER)]
        if ends:
            share += undecided * hits / at_risk
            steps.append(_Step(at_risk, hits, ends, undecided, share))
            undecided *= 1 - ends / at_risk
        at_risk -= ends + cards[Watch(day, OPEN)]
    return steps, min(1.0, share)


def _variance(steps: Iterable[_Step], share: float) -> float:
    """The sum of three parts over the days: spread of survival, of hits, and their covariance."""
    total = 0.0
    for step in steps:
        ahead = share - step.share
        here = step.undecided
        n, ends, hits = step.at_risk, step.ends, step.hits
        if n > ends:
            total += ahead * ahead * ends / (n * (n - ends))
        total += here * here * (n - hits) * hits / n**3
        total -= 2 * ahead * here * hits / (n * n)
    return max(0.0, total)
