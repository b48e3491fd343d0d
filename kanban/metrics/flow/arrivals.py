"""Arrival: a card's clock starts. Beside the exits it shows whether more is begun than finished (net flow).

A card arrives once, on the day of its start; taking up a parked or closed card again is no second arrival.
"""

from collections.abc import Iterable

from kanban.metrics.base.window import Window
from kanban.metrics.cards.deals import Span
from kanban.metrics.flow.throughput import Throughput
from kanban.schemas.fields import Count
from kanban.values import dataclass


@dataclass(frozen=True, slots=True)
class Arrivals:
    """How many cards started in the window, and the mean per complete week (None before the first)."""

    count: Count
    per_week: float | None
    net_flow: int


def arrivals(found: Iterable[Span], flow: Throughput, window: Window) -> Arrivals:
    """Starts in the window; `flow` is the throughput of the same cards and window. `net_flow` is starts minus ends."""
    count = sum(one.started in window for one in found)
    weeks = flow.weeks
    per_week = sum(week.arrivals for week in weeks) / len(weeks) if weeks else None
    return Arrivals(count, per_week, count - flow.exits)
