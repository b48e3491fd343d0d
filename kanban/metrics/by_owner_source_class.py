"""Cut: the main figures once more per owner, per source and per class of service.

A closed card counts for the owner it had when it was closed, an open one for its present owner. Rates seen on fewer
than ten decided cards are kept back: they say more about luck than about people.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from kanban.metrics.base.day_count import CALENDAR_DAYS, DayCount
from kanban.metrics.base.intervals import Rate, rate_of
from kanban.metrics.base.journeys import LOST, PARKED, WON, Journey
from kanban.metrics.base.ledger import Ledger
from kanban.metrics.base.window import Window
from kanban.metrics.cards.weighted_pipeline import probability_of
from kanban.metrics.flow.cycle_time import Spread, spread
from kanban.pull.nextaction import is_overdue
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


def cuts(ledger: Ledger, window: Window, *, count: DayCount = CALENDAR_DAYS) -> Cuts:
    """All cuts of the ledger's cards; what ended is counted in the window."""
    by = (ledger.owner, lambda card: ledger.cards[card].source, ledger.service_class)
    return Cuts(*(_cut_by(value, ledger, window, count) for value in by))


def _cut_by(value: Callable[[str], str], ledger: Ledger, window: Window, count: DayCount) -> tuple[Cut, ...]:
    groups: dict[str, list[Journey]] = {}
    for card, journey in ledger.journeys.items():
        groups.setdefault(value(card), []).append(journey)
    found = [_cut(key, group, ledger, window, count) for key, group in groups.items()]
    return tuple(sorted(found, key=lambda cut: (not cut.key, -cut.won, cut.key)))


def _cut(key: str, group: list[Journey], ledger: Ledger, window: Window, count: DayCount) -> Cut:
    ended = [journey for journey in group if journey.ended in window]
    won = [journey for journey in ended if journey.outcome == WON]
    lost = sum(journey.outcome == LOST for journey in ended)
    still = [ledger.cards[journey.card] for journey in group if journey.is_open]
    decided = len(won) + lost
    return Cut(
        key=key,
        open=len(still),
        won=len(won),
        lost=lost,
        parked=sum(journey.outcome == PARKED for journey in ended),
        win_rate=rate_of(len(won), decided) if decided >= FEWEST_OF_ONE else None,
        won_amounts=_sum((amount.currency, amount.amount) for one in won if (amount := ledger.cards[one.card].amount)),
        weighted=_sum(
            (card.amount.currency, card.amount.amount * probability)
            for card in still
            if card.amount and (probability := probability_of(card, ledger.board)) is not None
        ),
        cycle_time=spread(count.inclusive(start, end) for one in won if (start := one.started) and (end := one.ended)),
        without_next_action=sum(not card.has_dated_next_action for card in still),
        overdue=sum(is_overdue(card, ledger.as_of) for card in still),
    )


def _sum(amounts: Iterable[tuple[str, Decimal]]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for currency, amount in amounts:
        sums[currency] = sums.get(currency, Decimal(0)) + amount
    return dict(sorted(sums.items()))
