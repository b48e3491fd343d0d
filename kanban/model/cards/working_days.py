"""The team's working days: which they are, the next and the last one seen from a day, how many lie between two."""

from bisect import bisect_right
from datetime import date, timedelta
from functools import lru_cache

from kanban.model.settings.policies import WEEKDAYS, Calendar

_SEARCH = 366


def is_working_day(calendar: Calendar, day: date) -> bool:
    """Whether the team works on this day."""
    return WEEKDAYS[day.weekday()] in calendar.working_days and day not in calendar.holidays


def working_day_from(calendar: Calendar, day: date) -> date:
    """`day` when the team works on it, else the first working day after it; `day` when the calendar has none."""
    ahead = (day + timedelta(days=step) for step in range(_SEARCH))
    return next((one for one in ahead if is_working_day(calendar, one)), day)


def working_day_before(calendar: Calendar, day: date) -> date:
    """The last working day before `day`; the day before when the calendar has none."""
    behind = (day - timedelta(days=step) for step in range(1, _SEARCH))
    return next((one for one in behind if is_working_day(calendar, one)), day - timedelta(days=1))


def next_working_day(calendar: Calendar, day: date) -> date:
    """The first working day after `day`; the day after when the calendar has none."""
    return working_day_from(calendar, day + timedelta(days=1))


def working_weekdays(calendar: Calendar) -> tuple[int, ...]:
    """The weekdays on which the team works, in order, 0 for Monday."""
    return tuple(sorted({WEEKDAYS.index(name) for name in calendar.working_days}))


def working_days_through(calendar: Calendar, day: date) -> int:
    """Working days from the beginning of the calendar up to and with `day`."""
    weekdays, holidays = _counted(calendar)
    weeks, weekday = divmod(day.toordinal() - 1, 7)
    return weeks * len(weekdays) + bisect_right(weekdays, weekday) - bisect_right(holidays, day)


@lru_cache(maxsize=8)
def _counted(calendar: Calendar) -> tuple[tuple[int, ...], tuple[date, ...]]:
    """The weekdays worked, and the holidays that fall on one, sorted, once each."""
    weekdays = working_weekdays(calendar)
    return weekdays, tuple(sorted({day for day in calendar.holidays if day.weekday() in weekdays}))
