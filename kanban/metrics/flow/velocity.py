"""Sales velocity: qualified open cards × win rate × mean won amount / mean cycle time: money per day.

All four from the same cards, the same currency and the same window, so that it can be checked against the amount won
per day in that window. When the two differ by more than a quarter, the pipeline is not in a steady state, and the
figure describes neither what was nor what will be. Qualified: in an open column after the first.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from kanban.metrics.base.journeys import LOST, WON
from kanban.metrics.base.track import Track
from kanban.metrics.base.window import Window
from kanban.metrics.cards.deals import Deal
from kanban.values import dataclass

TOLERANCE = 0.25


@dataclass(frozen=True, slots=True)
class Velocity:
    """One currency. `mean_days` is the mean difference of dates from start to end of decided cards; None: unknown."""

    currency: str
    qualified: int
    win_rate: float | None
    mean_won: Decimal | None
    mean_days: float | None
    won_per_day: float

    @property
    def per_day(self) -> float | None:
        """Money per day, in the currency; None where one of the four is unknown or the mean time is 0."""
        if self.win_rate is None or self.mean_won is None or not self.mean_days:
            return None
        return self.qualified * self.win_rate * float(self.mean_won) / self.mean_days

    @property
    def divergence(self) -> float | None:
        """How far velocity lies from the amount really won per day, as a share of the latter."""
        if self.per_day is None or not self.won_per_day:
            return None
        return self.per_day / self.won_per_day - 1

    @property
    def steady(self) -> bool:
        """Whether the two agree to within a quarter."""
        return self.divergence is not None and abs(self.divergence) <= TOLERANCE


def velocity(deals: Iterable[Deal], track: Track, first: date | None, window: Window) -> tuple[Velocity, ...]:
    """The velocity per currency, in order of currency codes; `first` is the day of the board's first event."""
    first_open = track.open_columns[:1]
    open_now: dict[str, int] = {}
    decided: dict[str, list[Deal]] = {}
    for deal in deals:
        amount = deal.amount
        if amount is None:
            continue
        if deal.is_open and deal.column not in first_open:
            open_now[amount.currency] = open_now.get(amount.currency, 0) + 1
        elif deal.outcome in (WON, LOST) and deal.ended in window:
            decided.setdefault(amount.currency, []).append(deal)
    days = window.days_from(first)
    currencies = sorted({*open_now, *decided})
    return tuple(_of(currency, open_now.get(currency, 0), decided.get(currency, []), days) for currency in currencies)


def _of(currency: str, qualified: int, decided: list[Deal], days: int) -> Velocity:
    amounts = [deal.amount.amount for deal in decided if deal.outcome == WON and deal.amount]
    won = sum(amounts, Decimal(0))
    lengths = [deal.day_difference or 0 for deal in decided]
    return Velocity(
        currency=currency,
        qualified=qualified,
        win_rate=len(amounts) / len(decided) if decided else None,
        mean_won=won / len(amounts) if amounts else None,
        mean_days=sum(lengths) / len(lengths) if lengths else None,
        won_per_day=float(won) / days if days else 0.0,
    )
