"""Winning: the probability that a card in a column, after so many days there, is won within so many more days.

Computed backwards day by day from the hazards: a card that moves starts anew in the column it comes to. Exact under the
model; nothing is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from kanban.forecast.models.hazards import BACK, BINS, FORWARD, LEAVE, Hazards

OLDEST = BINS[-1]
"""Days in the column from which on a card is as one that stands there no longer."""

_SPANS = tuple(pairwise((*BINS, OLDEST + 1)))


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
            self.table.append([self._row(at, row, fresh) for at, row in enumerate(before)])
        return self.table[days][rank][min(max(age, 0), OLDEST)]

    @cached_property
    def _paces(self) -> list[list[tuple[int, int, float, float, float]]]:
        """Per column the bins, each with its first age, that of the next, and the chances of a move and of staying."""
        found, rates = [], self.hazards.rates
        for rank in range(len(self.hazards.columns)):
            moves = zip(_SPANS, rates[FORWARD][rank], rates[BACK][rank], rates[LEAVE][rank], strict=True)
            found.append([(low, high, on, back, 1 - on - back - gone) for (low, high), on, back, gone in moves])
        return found

    def _row(self, rank: int, before: Sequence[float], fresh: Sequence[float]) -> list[float]:
        """One column, one day earlier: what a move brings, or what staying one day more does."""
        ahead = sum(share * fresh[to] for to, share in self.hazards.ahead[rank].items())
        behind = sum(share * fresh[to] for to, share in self.hazards.behind[rank].items())
        row: list[float] = []
        after = (*before[1:], before[-1])
        for low, high, forward, back, stay in self._paces[rank]:
            moved = forward * ahead + back * behind
            row += [moved + stay * later for later in after[low:high]]
        return row


def winning(hazards: Hazards) -> Winning:
    """The probabilities; nothing is won within no days."""
    return Winning(hazards, [[[0.0] * (OLDEST + 1) for _column in hazards.columns]])
