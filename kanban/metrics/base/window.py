"""Window: the days a figure is taken over, both ends included; without a beginning it reaches back to the first event.

A window bounds what *happened*: starts, ends and entries inside it. What *is*, such as age and WIP, has only a day.
"""

from datetime import date, timedelta

from kanban.metrics.base.weeks import WEEK, last_complete_monday, monday_of
from kanban.values import dataclass


@dataclass(frozen=True, slots=True)
class Window:
    """From `since` (None: from the beginning) up to and with `until`."""

    until: date
    since: date | None = None

    def __contains__(self, day: date | None) -> bool:
        return day is not None and day <= self.until and (self.since is None or day >= self.since)

    @property
    def ordinals(self) -> tuple[int, int]:
        """The first and the last day as ordinals, both included; 0 without a beginning."""
        return 0 if self.since is None else self.since.toordinal(), self.until.toordinal()

    def first(self, observed: date | None) -> date | None:
        """The first day of the window on which anything could be observed; None when nothing ever was."""
        if observed is None or self.since is None:
            return observed
        return max(observed, self.since)

    def days_from(self, observed: date | None) -> int:
        """How many days of the window lie at or after the first observation."""
        first = self.first(observed)
        return max(0, (self.until - first).days + 1) if first is not None else 0


def weeks_before(day: date, weeks: int) -> Window:
    """The `weeks` complete weeks that end last at or before `day`."""
    last = last_complete_monday(day)
    return Window(last + timedelta(days=6), last - WEEK * (weeks - 1))


def whole_weeks(window: Window) -> Window:
    """The complete weeks that lie wholly in the window; an empty window where there is none."""
    until = last_complete_monday(window.until) + timedelta(days=6)
    since = window.since
    if since is not None and monday_of(since) != since:
        since = monday_of(since) + WEEK
    return Window(until, since)
