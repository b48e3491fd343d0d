"""Pace: how old the won cards were when they left a column for good: the bands of the ageing chart.

A card leaves a column for good when it stands in no such column nor in an earlier one ever after. A card that skipped
the column counts with its age at passing. Ages count both days. The bands of a later column are never lower.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from kanban.metrics.base.day_count import CALENDAR_DAYS, DayCount
from kanban.metrics.base.journeys import WON, Journey
from kanban.metrics.base.track import Track
from kanban.metrics.base.window import Window
from kanban.metrics.flow.cycle_time import Spread, spread
from kanban.values import dataclass

Leavings = Counter[tuple[str, int, int]]
"""Column, the day (ordinal) on which cards were won, their age at leaving it for good → how many cards."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The ages at leaving one column."""

    column: str
    ages: Spread


def leaving_ages(journey: Journey, track: Track, *, count: DayCount = CALENDAR_DAYS) -> dict[str, int]:
    """Open column → the card's age on the day it had left it, and all before it, for good; {} before its start."""
    started = journey.started
    if started is None:
        return {}
    ages: dict[str, int] = {}
    day: date = started
    for rank, column in enumerate(track.open_columns):
        left = [stay.until for stay in journey.stays if track.ranks[stay.column] <= rank]
        if None in left:
            break
        day = max((until for until in left if until is not None), default=started)
        ages[column] = count.inclusive(started, max(day, started))
    return ages


def leavings_of(found: Iterable[Journey], track: Track, *, count: DayCount = CALENDAR_DAYS) -> Leavings:
    """How the won cards left their columns."""
    leavings: Leavings = Counter()
    for journey in found:
        if journey.outcome == WON and journey.ended is not None:
            won = journey.ended.toordinal()
            for column, age in leaving_ages(journey, track, count=count).items():
                leavings[column, won, age] += 1
    return leavings


def pace(leavings: Leavings, track: Track, window: Window) -> tuple[Pace, ...]:
    """Per open column at or after the commitment: ages at leaving of the cards won in the window."""
    first, last = window.ordinals
    ages: dict[str, list[int]] = {column: [] for column in track.open_columns if column in track.counted}
    for (column, won, age), count in leavings.items():
        if column in ages and first <= won <= last:
            ages[column] += [age] * count
    return tuple(Pace(column, spread(values)) for column, values in ages.items())
