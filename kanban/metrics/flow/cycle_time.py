"""Cycle time: days from a card's start to its win, both days counted, so that no sale took zero days.

Percentiles by nearest rank over won cards whose end lies in the window. Beside it the same for every card that was
decided, won or lost: the sales alone flatter, as slow deals tend to be the lost ones. The 85th percentile is the
service-level expectation: 85 % of the cards took that long or less. It is an expectation, no promise.
"""

from collections.abc import Iterable
from datetime import date

from kanban.metrics.base.day_count import CALENDAR_DAYS, DayCount
from kanban.metrics.base.journeys import LOST, WON
from kanban.metrics.base.percentiles import percentiles
from kanban.metrics.base.window import Window
from kanban.metrics.cards.deals import Span
from kanban.schemas.fields import Count
from kanban.values import dataclass

PERCENTS = (50, 70, 85, 95)


@dataclass(frozen=True, slots=True)
class Duration:
    """One closed card with its cycle time in days."""

    card: str
    started: date
    ended: date
    days: int
    outcome: str


@dataclass(frozen=True, slots=True)
class Spread:
    """How many durations there are and four of their percentiles; None without any."""

    n: Count
    p50: int | None
    p70: int | None
    p85: int | None
    p95: int | None


@dataclass(frozen=True, slots=True)
class CycleTime:
    """The won cards, the decided ones (won or lost), and each card's own figure, oldest end first."""

    won: Spread
    decided: Spread
    cards: tuple[Duration, ...]


def cycle_time(found: Iterable[Span], window: Window, *, count: DayCount = CALENDAR_DAYS) -> CycleTime:
    """Cycle times of the cards that were won or lost in the window."""
    cards = [
        Duration(one.card, started, ended, count.inclusive(started, ended), one.outcome)
        for one in found
        if one.outcome in (WON, LOST)
        and (started := one.started) is not None
        and (ended := one.ended) is not None
        and ended in window
    ]
    cards.sort(key=lambda card: (card.ended, card.card))
    won = spread(card.days for card in cards if card.outcome == WON)
    return CycleTime(won, spread(card.days for card in cards), tuple(cards))


def spread(days: Iterable[int]) -> Spread:
    """The percentiles of a set of durations."""
    values = list(days)
    found = percentiles(values, PERCENTS)
    return Spread(len(values), *(found[percent] for percent in PERCENTS))
