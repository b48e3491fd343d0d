"""Which year is meant by a day written without one, and so when a year must be shown."""

from datetime import date

PAST_DAYS = 182
"""How far before the reference day a day without a year may lie; everything else of the year lies after it."""
DUE_PAST_DAYS = 31
"""The same for what is still to be done: `14 July` said in November is the one to come, `2 November` was this month."""


def near_year(month: int, day: int, reference: date, past: int = PAST_DAYS) -> int:
    """The year of the first such day that lies no more than `past` days before `reference`."""
    floor = date.fromordinal(max(1, reference.toordinal() - past))
    return floor.year + ((month, day) < (floor.month, floor.day))
