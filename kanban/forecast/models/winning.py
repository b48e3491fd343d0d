"""Winning: the probability that a card in a column, after so many days there, is won within so many more days.

Computed backwards day by day from the hazards: a card that moves starts anew in the column it comes to. Exact under the
model; nothing is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kanban.forecast.models.hazards import BACK, BINS, FORWARD, LEAVE, Hazards

_OLDEST = BINS[-1]
_SPANS = tuple(pairwise((*BINS, _OLDEST + 1)))


@dataclass(frozen=True)
class Winning:
    """The probabilities that follow from hazards, worked out up to the farthest horizon asked for.

    `table[days][column rank][days already there]`; the last age stands for all older ones.
    """

    hazards: Hazards
    table: list[list[list[float]]]

    def chance(self, rank: int, age: int, days: int) -> float:
        """P(won within `days` days) of a card that has stood `age` days in the column of this rank."""
        if rank == self.hazards.won:
            return 1.0
        while len(self.table) <= days:
            before = self.table[-1]
            fresh = [*(row[0] for row in before), 1.0]
            self.table.append([_row(self.hazards, at, before[at], fresh) for at in range(len(before))])
        return self.table[days][rank][min(max(age, 0), _OLDEST)]


def winning(hazards: Hazards) -> Winning:
    """The probabilities; nothing is won within no days."""
    return Winning(hazards, [[[0.0] * (_OLDEST + 1) for _column in hazards.columns]])


def _row(hazards: Hazards, rank: int, before: Sequence[float], fresh: Sequence[float]) -> list[float]:
    """One column, one day earlier: what a move brings, or what staying one day more does."""
    ahead = sum(share * fresh[to] for to, share in hazards.ahead[rank].items())
    behind = sum(share * fresh[to] for to, share in hazards.behind[rank].items())
    row: list[float] = []
    for at, (low, high) in enumerate(_SPANS):
        forward, back = hazards.rates[FORWARD][rank][at], hazards.rates[BACK][rank][at]
        stay = 1 - forward - back - hazards.rates[LEAVE][rank][at]
        moved = forward * ahead + back * behind
        row += [moved + stay * before[min(age + 1, _OLDEST)] for age in range(low, high)]
    return row
