"""Sum of deals that each come in whole or not at all: its exact distribution, on a grid of cents.

Independent deals assumed. Sums stand on the coarsest grid that all amounts share; where that would be finer than one
part in 4000 of the total, amounts are rounded to that part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import reduce
from math import gcd

from kanban.forecast.models.distribution import quantile
from kanban.metrics.document import CENT

PERCENTS = (10, 50, 90)
_FINEST = 4000


@dataclass(frozen=True)
class Sum:
    """Expected amount (exact) and quantiles by percent, of `deals` deals."""

    expected: Decimal
    quantiles: Mapping[int, Decimal]
    deals: int


def sum_of(deals: Sequence[tuple[Decimal, Decimal | float]]) -> Sum:
    """The sum of deals given as amount and probability; negative amounts count as 0."""
    known = [(max(amount, Decimal(0)), Decimal(str(chance))) for amount, chance in deals]
    expected = sum((amount * chance for amount, chance in known), Decimal(0))
    cents = [int((amount / CENT).to_integral_value(ROUND_HALF_UP)) for amount, _chance in known]
    grid = max(reduce(gcd, cents, 0), -(-sum(cents) // _FINEST), 1)
    chances = [1.0]
    for cent, (_amount, chance) in zip(cents, known, strict=True):
        chances = _joined(chances, (2 * cent + grid) // (2 * grid), float(chance))
    found = {percent: CENT * grid * quantile(tuple(chances), percent / 100) for percent in PERCENTS}
    return Sum(expected, found, len(known))


def _joined(chances: list[float], steps: int, chance: float) -> list[float]:
    if steps == 0:
        return chances
    grown = [value * (1 - chance) for value in chances] + [0.0] * steps
    for at, value in enumerate(chances):
        grown[at + steps] += value * chance
    return grown
