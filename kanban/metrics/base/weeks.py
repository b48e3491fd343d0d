"""Week: an ISO week, Monday to Sunday, named by its ISO year and number (`2025-W01` begins on 2024-12-30).

A week is complete once its Sunday is over, and the as-of day is taken whole: a Sunday completes its week. Weeks in
which nothing happened count like any other.
"""

from datetime import date, timedelta

WEEK = timedelta(days=7)


def week_key(day: date) -> str:
    """The name of the day's ISO week, such as `2025-W02`."""
    year, week, _weekday = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def monday_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def last_complete_monday(as_of: date) -> date:
    """The Monday of the last week that is over at the end of `as_of`."""
    monday = monday_of(as_of)
    return monday if as_of.weekday() == 6 else monday - WEEK


def complete_mondays(first: date, as_of: date) -> tuple[date, ...]:
    """The Mondays of all complete weeks from the week of `first` (counted whole) to `as_of`; () when there is none."""
    monday, last = monday_of(first), last_complete_monday(as_of)
    return tuple(monday + WEEK * at for at in range((last - monday).days // 7 + 1)) if last >= monday else ()
