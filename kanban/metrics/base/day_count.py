"""Day counts: calendar days, as customers count them, or the team's working days.

A *difference* counts the days after the first up to and with the last; an *inclusive* count has the first too and is
never below 1. In working days, days off (weekdays not worked, holidays) are simply not counted.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kanban.model.settings.policies import WEEKDAYS, Calendar


@dataclass(frozen=True)
class DayCount:
    """Calendar days when `calendar` is None, else its working days."""

    calendar: Calendar | None = None

    @property
    def unit(self) -> str:
        """`calendar` or `working`: the word that stands beside every figure."""
        return "calendar" if self.calendar is None else "working"

    def difference(self, since: date, until: date) -> int:
        """Days after `since` up to and with `until`; 0 on the same day, negative when `until` comes first."""
        if self.calendar is None:
            return (until - since).days
        return self._worked_through(until) - self._worked_through(since)

    def inclusive(self, since: date, until: date) -> int:
        """Days from `since` to `until`, both counted; at least 1 when they do not run backwards."""
        if self.calendar is None:
            return (until - since).days + 1
        counted = self.difference(since, until) + (1 if self.is_worked(since) else 0)
        return max(1, counted) if until >= since else counted

    def is_worked(self, day: date) -> bool:
        """Whether the day counts."""
        if self.calendar is None:
            return True
        return WEEKDAYS[day.weekday()] in self.calendar.working_days and day not in self._holidays

    def _worked_through(self, day: date) -> int:
        """Working days from the beginning of the calendar up to and with `day`."""
        weeks, weekday = divmod(day.toordinal() - 1, 7)
        before = weeks * len(self._weekdays) + bisect_right(self._weekdays, weekday)
        return before - bisect_right(self._holidays, day)

    @cached_property
    def _weekdays(self) -> list[int]:
        worked = self.calendar.working_days if self.calendar else WEEKDAYS
        return sorted({WEEKDAYS.index(name) for name in worked})

    @cached_property
    def _holidays(self) -> list[date]:
        """The holidays that fall on a day that would be worked, sorted, once each."""
        holidays = self.calendar.holidays if self.calendar else ()
        return sorted({day for day in holidays if day.weekday() in self._weekdays})


CALENDAR_DAYS = DayCount()
