"""Start-up: from which week on a board's weeks count.

Weeks before the first win are left out only where the weeks since make as long a wait a surprise: the chance of it,
with the share of winless weeks since under Jeffreys' prior (beta-binomial), is below 5 %. A team that wins now and
then keeps its zeros; one that was set up half a year before anything could be won does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log10

SURPRISE = 0.05
_LOOKED_AT = 26


def start_of(weekly: Sequence[int]) -> int:
    """The index of the first week that counts. The first week with wins counts as log10 of them more weeks seen."""
    first = next((at for at, wins in enumerate(weekly) if wins), 0)
    since = weekly[first + 1 :][:_LOOKED_AT]
    without, seen = sum(wins == 0 for wins in since), len(since) + log10(max(weekly[first], 1)) if weekly else 0.0
    chance = 1.0
    for week in range(first):
        chance *= (without + 0.5 + week) / (seen + 1 + week)
    return first if chance < SURPRISE else 0
