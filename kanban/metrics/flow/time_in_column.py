"""Time in column: the days a card spent in a column, all its ended visits added up, as differences of dates.

Only cards that left the column at least once count, and only their ended visits. The visits of one card to all
columns, exits included, add up to the days between its start and its end.
"""

from collections import Counter
from collections.abc import Iterable

from kanban.metrics.base.day_count import CALENDAR_DAYS, DayCount
from kanban.metrics.base.journeys import Journey
from kanban.metrics.base.percentiles import nearest_rank
from kanban.metrics.base.track import Track
from kanban.metrics.base.window import Window
from kanban.values import dataclass

Visits = Counter[tuple[str, int, int]]
"""Column, the day (ordinal) on which cards left it last, the days they had spent there → how many cards."""


@dataclass(frozen=True, slots=True)
class TimeInColumn:
    """Cards that left the column, half of them within `p50` days, 85 % within `p85`."""

    column: str
    n: int
    p50: int | None
    p85: int | None


def days_by_column(journey: Journey, *, count: DayCount = CALENDAR_DAYS) -> dict[str, int]:
    """Column → days of the card's ended visits to it, exits included, in order of first visit."""
    days: dict[str, int] = {}
    for stay in journey.stays:
        if stay.until is not None:
            days[stay.column] = days.get(stay.column, 0) + count.difference(stay.since, stay.until)
    return days


def visits_of(found: Iterable[Journey], *, count: DayCount = CALENDAR_DAYS) -> Visits:
    """The ended visits of all cards."""
    visits: Visits = Counter()
    for journey in found:
        left = {stay.column: stay.until.toordinal() for stay in journey.stays if stay.until is not None}
        for column, days in days_by_column(journey, count=count).items():
            visits[column, left[column], days] += 1
    return visits


def days_spent(visits: Visits, window: Window) -> dict[str, list[int]]:
    """Column → the days of the cards whose last departure from it lies in the window, in rising order."""
    first, last = window.ordinals
    spent: dict[str, list[int]] = {}
    for (column, left, days), count in visits.items():
        if first <= left <= last:
            spent.setdefault(column, []).extend([days] * count)
    return {column: sorted(days) for column, days in spent.items()}


def time_in_column(visits: Visits, track: Track, window: Window) -> tuple[TimeInColumn, ...]:
    """Per open column, in pull order: cards whose last departure from it lies in the window."""
    spent = days_spent(visits, window)
    return tuple(
        TimeInColumn(column, len(days), nearest_rank(days, 50), nearest_rank(days, 85))
        for column, days in ((column, spent.get(column, [])) for column in track.open_columns)
    )
