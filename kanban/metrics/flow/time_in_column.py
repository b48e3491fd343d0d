"""Time in column: the days a card spent in a column, all its ended visits added up, as differences of dates.

Only cards that left the column at least once count, and only their ended visits. The visits of one card to all
columns, exits included, add up to the days between its start and its end.
"""

from collections.abc import Iterable

from kanban.metrics.base.day_count import CALENDAR_DAYS, DayCount
from kanban.metrics.base.journeys import Journey
from kanban.metrics.base.percentiles import nearest_rank
from kanban.metrics.base.track import Track
from kanban.metrics.base.window import Window
from kanban.values import dataclass


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


def time_in_column(
    found: Iterable[Journey], track: Track, window: Window, *, count: DayCount = CALENDAR_DAYS
) -> tuple[TimeInColumn, ...]:
    """Per open column, in pull order: cards whose last departure from it lies in the window."""
    spent: dict[str, list[int]] = {column: [] for column in track.open_columns}
    for journey in found:
        left = {stay.column: stay.until for stay in journey.stays if stay.until is not None}
        for column, days in days_by_column(journey, count=count).items():
            if column in spent and left[column] in window:
                spent[column].append(days)
    return tuple(
        TimeInColumn(column, len(days), nearest_rank(days, 50), nearest_rank(days, 85))
        for column, days in ((column, sorted(days)) for column, days in spent.items())
    )
