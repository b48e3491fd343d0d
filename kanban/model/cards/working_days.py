"""The team's working days: the next and the last one seen from a day."""

from datetime import date, timedelta

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
