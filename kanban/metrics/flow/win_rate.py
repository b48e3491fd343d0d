"""Win rate: won / (won + lost), by close date. Parked and deleted cards are apart: nobody decided them.

Beside it the same by amount, per currency, and the share of all started cards that are won within 90 days of their
start, open ones taken into account: the plain rate flatters a team that is slow to record its losses.
"""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from kanban.metrics.base.incidence import HIT, OPEN, OTHER, Watch, incidence
from kanban.metrics.base.intervals import Rate, rate_of
from kanban.metrics.base.journeys import LOST, WON
from kanban.metrics.base.window import Window
from kanban.metrics.cards.deals import Deal
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


def win_rate(deals: Collection[Deal], as_of: date, window: Window) -> WinRate:
    """The win rate of the deals as of a day."""
    decided = [one for one in deals if one.outcome in (WON, LOST) and one.ended in window]
    won = sum(one.outcome == WON for one in decided)
    started = ((one, one.started) for one in deals if one.started is not None and one.started in window)
    return WinRate(
        won=won,
        lost=len(decided) - won,
        plain=rate_of(won, len(decided)),
        amounts=_amounts(decided),
        within_90_days=incidence((_watch(one, since, as_of) for one, since in started), HORIZON),
    )


def _amounts(decided: list[Deal]) -> dict[str, WonAndLost]:
    sums: dict[str, dict[str, Decimal]] = {}
    for deal in decided:
        if deal.amount is not None:
            sides = sums.setdefault(deal.amount.currency, {WON: Decimal(0), LOST: Decimal(0)})
            sides[deal.outcome] += deal.amount.amount
    return {currency: WonAndLost(sides[WON], sides[LOST]) for currency, sides in sorted(sums.items())}


def _watch(deal: Deal, started: date, as_of: date) -> Watch:
    if deal.ended is not None:
        return Watch((deal.ended - started).days, HIT if deal.outcome == WON else OTHER)
    return Watch((as_of - started).days, OPEN)
