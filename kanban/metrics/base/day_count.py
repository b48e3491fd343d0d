"""Day counts: calendar days, as customers count them, or the team's working days.

A *difference* counts the days after the first up to and with the last; an *inclusive* count has the first too and is
never below 1. In working days, days off (weekdays not worked, holidays) are simply not counted.
"""

from datetime import date

from kanban.model.cards.working_days import is_working_day, working_days_through
from kanban.model.settings.policies import Calendar
from kanban.values import dataclass


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
        return working_days_through(self.calendar, until) - working_days_through(self.calendar, since)

    def inclusive(self, since: date, until: date) -> int:
        """Days from `since` to `until`, both counted; at least 1 when they do not run backwards."""
        if self.calendar is None:
            return (until - since).days + 1
        counted = self.difference(since, until) + is_working_day(self.calendar, since)
        return max(1, counted) if until >= since else counted


CALENDAR_DAYS = DayCount()
