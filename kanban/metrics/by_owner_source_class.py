"""Cut: the main figures once more per owner, per source and per class of service.

A closed card counts for the owner it had when it was closed, an open one for its present owner. Rates seen on fewer
than ten decided cards are kept back: they say more about luck than about people.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from operator import attrgetter

from kanban.metrics.base.day_count import CALENDAR_DAYS, DayCount
from kanban.metrics.base.intervals import Rate, rate_of
from kanban.metrics.base.journeys import LOST, PARKED, WON
from kanban.metrics.base.window import Window
from kanban.metrics.cards.deals import Deal
from kanban.metrics.flow.cycle_time import Spread, spread
from kanban.pull.nextaction import is_late
from kanban.values import dataclass

FEWEST_OF_ONE = 10
"""Decided cards below which the rate of one owner, source or class is kept back."""
Amounts = Mapping[str, Decimal]


@dataclass(frozen=True)
class Cut:
    """The figures of the cards that share one value; `key` is "" for cards that have none."""

    key: str
    open: int
    won: int
    lost: int
    parked: int
    win_rate: Rate | None
    won_amounts: Amounts
    weighted: Amounts
    cycle_time: Spread
    without_next_action: int
    overdue: int


@dataclass(frozen=True)
class Cuts:
    """The three cuts, each in order of wins, then of name."""

    owners: tuple[Cut, ...]
    sources: tuple[Cut, ...]
    classes: tuple[Cut, ...]


def cuts(deals: Collection[Deal], as_of: date, window: Window, *, count: DayCount = CALENDAR_DAYS) -> Cuts:
    """All cuts of the deals; what ended is counted in the window, what is open stands as of the day."""
    by = (attrgetter("owner"), attrgetter("source"), attrgetter("service_class"))
    return Cuts(*(_cut_by(value, deals, as_of, window, count) for value in by))


def _cut_by(
    value: Callable[[Deal], str], deals: Iterable[Deal], as_of: date, window: Window, count: DayCount
) -> tuple[Cut, ...]:
    groups: dict[str, list[Deal]] = {}
    for deal in deals:
        groups.setdefault(value(deal), []).append(deal)
    found = [_cut(key, group, as_of, window, count) for key, group in groups.items()]
    return tuple(sorted(found, key=lambda cut: (not cut.key, -cut.won, cut.key)))


def _cut(key: str, group: list[Deal], as_of: date, window: Window, count: DayCount) -> Cut:
    ended = [deal for deal in group if deal.ended in window]
    won = [deal for deal in ended if deal.outcome == WON]
    lost = sum(deal.outcome == LOST for deal in ended)
    still = [(deal.amount, deal.now) for deal in group if deal.now is not None]
    decided = len(won) + lost
    return Cut(
        key=key,
        open=len(still),
        won=len(won),
        lost=lost,
        parked=sum(deal.outcome == PARKED for deal in ended),
        win_rate=rate_of(len(won), decided) if decided >= FEWEST_OF_ONE else None,
        won_amounts=_sum((amount.currency, amount.amount) for one in won if (amount := one.amount)),
        weighted=_sum(
            (amount.currency, amount.amount * now.probability)
            for amount, now in still
            if amount and now.probability is not None
        ),
        cycle_time=spread(count.inclusive(start, end) for one in won if (start := one.started) and (end := one.ended)),
        without_next_action=sum(not now.planned for _amount, now in still),
        overdue=sum(is_late(now.due, as_of) for _amount, now in still),
    )


def _sum(amounts: Iterable[tuple[str, Decimal]]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for currency, amount in amounts:
        sums[currency] = sums.get(currency, Decimal(0)) + amount
    return dict(sorted(sums.items()))
