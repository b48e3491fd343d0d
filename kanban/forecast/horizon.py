"""Horizon: by when N wins will have come, with 50, 85 and 95 % confidence: weeks counted from the as-of day.

The first week by whose end the recommended forecast gives N wins at least that much probability; up to a year ahead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from kanban.forecast.models.distribution import Pmf, chance_of_at_least
from kanban.metrics.base.weeks import WEEK

CONFIDENCES = (50, 85, 95)
FARTHEST_WEEKS = 52


@dataclass(frozen=True, slots=True)
class Horizon:
    """`by[percent]` is the last day of the week by which `wins` wins are that likely; None: not within a year."""

    wins: int
    by: Mapping[int, date | None]


Outlook = Callable[[int], Pmf | None]
"""Weeks ahead → the wins to expect in them; None before the first complete week."""


def horizon(outlook: Outlook, as_of: date, wins: int) -> Horizon:
    """By when `wins` more wins will have come after `as_of`."""
    found: dict[int, date | None] = dict.fromkeys(CONFIDENCES)
    open_levels = list(CONFIDENCES)
    for weeks in range(1, FARTHEST_WEEKS + 1):
        pmf = outlook(weeks)
        chance = 0.0 if pmf is None else chance_of_at_least(pmf, wins)
        while open_levels and chance >= open_levels[0] / 100:
            found[open_levels.pop(0)] = as_of + WEEK * weeks
        if not open_levels or pmf is None:
            break
    return Horizon(wins, found)
