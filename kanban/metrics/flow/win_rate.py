"""Win rate: won / (won + lost), by close date. Parked and deleted cards are apart: nobody decided them.

Beside it the same by amount, per currency, and the share of all started cards that are won within 90 days of their
start, open ones taken into account: the plain rate flatters a team that is slow to record its losses.
"""

from decimal import Decimal

from kanban.metrics.base.incidence import HIT, OPEN, OTHER, Watch, incidence
from kanban.metrics.base.intervals import Rate, rate_of
from kanban.metrics.base.journeys import LOST, WON, Journey
from kanban.metrics.base.ledger import Ledger
from kanban.metrics.base.window import Window
from kanban.values import dataclass

HORIZON = 90


@dataclass(frozen=True, slots=True)
class WonAndLost:
    """Amounts decided in one currency; cards without an amount are in neither."""

    won: Decimal
    lost: Decimal

    @property
    def rate(self) -> float | None:
        """Share of the decided amount that was won."""
        decided = self.won + self.lost
        return float(self.won / decided) if decided else None


@dataclass(frozen=True)
class WinRate:
    """Cards decided in the window, the amounts per currency, and the share won within 90 days of the start.

    `within_90_days` is over the cards that *started* in the window.
    """

    won: int
    lost: int
    plain: Rate
    amounts: dict[str, WonAndLost]
    within_90_days: Rate


def win_rate(ledger: Ledger, window: Window) -> WinRate:
    """The win rate of the ledger's cards."""
    decided = [one for one in ledger.journeys.values() if one.outcome in (WON, LOST) and one.ended in window]
    won = sum(one.outcome == WON for one in decided)
    started = (one for one in ledger.journeys.values() if one.started in window)
    return WinRate(
        won=won,
        lost=len(decided) - won,
        plain=rate_of(won, len(decided)),
        amounts=_amounts(ledger, decided),
        within_90_days=incidence((_watch(one, ledger) for one in started), HORIZON),
    )


def _amounts(ledger: Ledger, decided: list[Journey]) -> dict[str, WonAndLost]:
    sums: dict[str, dict[str, Decimal]] = {}
    for journey in decided:
        amount = ledger.cards[journey.card].amount
        if amount is not None:
            sides = sums.setdefault(amount.currency, {WON: Decimal(0), LOST: Decimal(0)})
            sides[journey.outcome] += amount.amount
    return {currency: WonAndLost(sides[WON], sides[LOST]) for currency, sides in sorted(sums.items())}


def _watch(journey: Journey, ledger: Ledger) -> Watch:
    if journey.day_difference is not None:
        return Watch(journey.day_difference, HIT if journey.outcome == WON else OTHER)
    started = journey.started or ledger.as_of
    return Watch((ledger.as_of - started).days, OPEN)
