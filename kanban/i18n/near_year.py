"""Which year is meant by a day written without one, and so when a year must be shown."""

from datetime import date

PAST_DAYS = 182
"""How far before the reference day a day without a year may lie; everything else of the year lies after it."""


def near_year(month: int, day: int, reference: date) -> int:
    """The year of the first such day that lies no more than `PAST_DAYS` days before `reference`."""
    floor = date.fromordinal(max(1, reference.toordinal() - PAST_DAYS))
    return floor.year + ((month, day) < (floor.month, floor.day))
