"""Days on which the team works."""

from __future__ import annotations

from datetime import date, timedelta

from kanban.model.policies import WEEKDAYS, Calendar

_SEARCH = 366


def is_working_day(calendar: Calendar, day: date) -> bool:
    """Whether the team works on this day."""
    return WEEKDAYS[day.weekday()] in calendar.working_days and day not in calendar.holidays


def next_working_day(calendar: Calendar, day: date, *, include: bool = False) -> date:
    """The first working day after `day` (or `day` itself with `include`); `day` when the calendar has none."""
    for ahead in range(0 if include else 1, _SEARCH):
        later = day + timedelta(days=ahead)
        if is_working_day(calendar, later):
            return later
    return day
