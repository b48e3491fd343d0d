"""What if: the forecast's model run with something changed. A model's answer, not a promise; it says under which one.

*Dropping cards*: the same forecast without them in the card model; what rests on weekly wins knows no cards.

*Another WIP limit*: mean numbers of cards flow through the columns day by day with the hazards seen. A column at its
limit takes in no more than it lets out; what is not let in waits where it is. Two readings stand side by side, because
the history alone cannot tell which is the team's: `own`: each card moves at its own pace however many there are;
`shared`: the column gets the same attention whatever stands in it, so fewer cards each get more of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kanban.forecast.models.card_model import CardModel
from kanban.forecast.models.distribution import Pmf
from kanban.forecast.models.hazards import BACK, BINS, FORWARD, LEAVE, bin_of

WEEKS_AHEAD = 13
_OLDEST = BINS[-1]
_BIN = tuple(bin_of(age) for age in range(_OLDEST + 1))
_CAUSES = (FORWARD, LEAVE, BACK)


@dataclass(frozen=True, slots=True)
class Dropped:
    """The forecast with and without some cards. `chances` are theirs to be won within the horizon.

    `say` is the weight of the card model in it; the other ways to count know no cards and stay as they are.
    """

    cards: tuple[str, ...]
    chances: Mapping[str, float]
    before: Pmf
    after: Pmf
    say: float


@dataclass(frozen=True, slots=True)
class Run:
    """What the model gives: wins over the 13 weeks, and mean days in the column (None when nothing leaves it)."""

    wins: float
    days: float | None


@dataclass(frozen=True, slots=True)
class Limited:
    """A column under its limit in force (`present`, None without one) and another, under both readings."""

    column: str
    limit: int
    present: int | None
    now: int
    readings: Mapping[str, tuple[Run, Run]]


def limit_wip(model: CardModel, column: str, limit: int, present: int | None) -> Limited:
    """What a limit of `limit` cards on an open column would do over the next 13 weeks, against the present one."""
    rank = model.hazards.columns.index(column)
    now = sum(place == rank for place, _age in model.places.values())
    readings = {
        name: (_Flow(model, rank, present, name).run(), _Flow(model, rank, limit, name).run())
        for name in ("own", "shared")
    }
    return Limited(column, limit, present, now, readings)


class _Flow:
    """Mean numbers of cards by column and days there, moved on day by day."""

    def __init__(self, model: CardModel, rank: int, limit: int | None, reading: str) -> None:
        self.hazards = model.hazards
        self.rank, self.limit, self.shared = rank, limit, reading == "shared"
        self.mass = [[0.0] * (_OLDEST + 1) for _column in self.hazards.columns]
        for place, age in model.places.values():
            self.mass[place][min(age, _OLDEST)] += 1
        self.usual = max(1.0, sum(self.mass[rank]))
        self.rate = (0.5 + self.hazards.entered) / max(1, self.hazards.watched)
        self.wins = self.held = self.out = 0.0

    def run(self) -> Run:
        """The weeks ahead."""
        for _day in range(7 * WEEKS_AHEAD):
            self._day()
        return Run(self.wins, self.held / self.out if self.out > 1e-9 else None)

    def _factor(self, column: int) -> float:
        """How much faster than usual cards move in a column whose attention is shared by fewer, or slower by more."""
        if not self.shared or column != self.rank:
            return 1.0
        return min(self.usual / max(sum(self.mass[column]), 1e-9), self.usual)

    def _day(self) -> None:
        inflow = {rank: self.rate * share for rank, share in self.hazards.entries.items()}
        moving: list[tuple[int, int, dict[int, float], float]] = []
        for column, row in enumerate(self.mass):
            factor = self._factor(column)
            for age, mass in enumerate(row):
                if mass > 1e-12:
                    moving.append((column, age, *self._moves(column, age, mass, factor)))
        for _column, _age, moves, _left in moving:
            for to, amount in moves.items():
                inflow[to] = inflow.get(to, 0.0) + amount
        self.wins += inflow.get(self.hazards.won, 0.0)
        self._settle(moving, inflow, self._let_in(moving, inflow))

    def _moves(self, column: int, age: int, mass: float, factor: float) -> tuple[dict[int, float], float]:
        """Where part of the cards of one age want to go, and how many leave the board."""
        forward, leave, back = (self.hazards.rates[cause][column][_BIN[age]] * factor for cause in _CAUSES)
        most = max(1.0, (forward + leave + back) / 0.95)
        moves: dict[int, float] = {}
        for amount, shares in ((forward, self.hazards.ahead[column]), (back, self.hazards.behind[column])):
            for to, share in shares.items():
                moves[to] = moves.get(to, 0.0) + mass * amount / most * share
        return moves, mass * leave / most

    def _let_in(self, moving: list[tuple[int, int, dict[int, float], float]], inflow: dict[int, float]) -> float:
        """The share of those who want into the limited column that find room."""
        wanted = inflow.get(self.rank, 0.0)
        out = sum(sum(moves.values()) + left for column, _age, moves, left in moving if column == self.rank)
        held = sum(self.mass[self.rank])
        self.held += held
        self.out += out
        if self.limit is None or wanted <= 0:
            return 1.0
        return min(1.0, max(0.0, self.limit - held + out) / wanted)

    def _settle(
        self, moving: list[tuple[int, int, dict[int, float], float]], inflow: dict[int, float], share: float
    ) -> None:
        after = [[0.0] * (_OLDEST + 1) for _column in self.mass]
        for column, age, moves, left in moving:
            gone = left + sum(amount * (share if to == self.rank else 1.0) for to, amount in moves.items())
            after[column][min(age + 1, _OLDEST)] += self.mass[column][age] - gone
        for to, amount in inflow.items():
            if to < len(after):
                after[to][0] += amount * (share if to == self.rank else 1.0)
        self.mass = after
