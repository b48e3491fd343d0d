"""Percentiles, ISO weeks, periods, windows and working days: the small rules every figure leans on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanban.errors import KanbanError
from kanban.metrics.base.day_count import CALENDAR_DAYS, DayCount
from kanban.metrics.base.percentiles import is_the_maximum, nearest_rank
from kanban.metrics.base.periods import month_key, parse_period, quarter_key
from kanban.metrics.base.weeks import complete_mondays, last_complete_monday, week_key
from kanban.metrics.base.window import Window, weeks_before
from kanban.model.settings.policies import WEEKDAYS, Calendar
from tests.metrics import brute_force

RANKS = [
    # values | percent, the smallest value that covers so many
    ([], 50, None),
    ([7], 1, 7),
    ([7], 100, 7),
    ([1, 2], 50, 1),  # the lower of two middle values, never their mean
    ([1, 2, 3, 4], 50, 2),
    ([1, 22, 29, 43, 64, 71], 50, 29),
    ([1, 22, 29, 43, 64, 71], 85, 71),
    (list(range(1, 101)), 55, 55),  # 0.55 * 100 is more than 55 in floating point
    (list(range(1, 101)), 7, 7),
]


@pytest.mark.parametrize(("values", "percent", "expected"), RANKS)
def test_nearest_rank(values: list[int], percent: int, expected: int | None) -> None:
    assert nearest_rank(values, percent) == expected


@settings(deadline=None)
@given(st.lists(st.integers(0, 50), min_size=1, max_size=60), st.integers(1, 100))
def test_nearest_rank_is_the_first_value_that_covers_enough(values: list[int], percent: int) -> None:
    found = nearest_rank(sorted(values), percent)
    assert found == brute_force.percentile(values, percent)
    if percent in (25, 50, 75, 100):  # shares that floating point can hold
        numpy = pytest.importorskip("numpy")
        assert found == numpy.percentile(numpy.array(values), percent, method="inverted_cdf")


@pytest.mark.parametrize(("n", "percent", "expected"), [(6, 85, True), (7, 85, False), (19, 95, True), (20, 95, False)])
def test_few_values_make_a_high_percentile_the_maximum(n: int, percent: int, expected: bool) -> None:
    assert is_the_maximum(n, percent) is expected


WEEKS = [
    # day | its week, and the Monday of the last week that is over that evening
    ("2024-12-30", "2025-W01", "2024-12-23"),
    ("2027-01-01", "2026-W53", "2026-12-21"),
    ("2027-01-03", "2026-W53", "2026-12-28"),  # a Sunday completes its week
    ("2025-01-06", "2025-W02", "2024-12-30"),
    ("2025-03-30", "2025-W13", "2025-03-24"),
]


@pytest.mark.parametrize(("day", "key", "complete"), WEEKS)
def test_weeks(day: str, key: str, complete: str) -> None:
    assert week_key(date.fromisoformat(day)) == key
    assert last_complete_monday(date.fromisoformat(day)) == date.fromisoformat(complete)


def test_the_first_week_counts_whole_and_the_running_one_not_at_all() -> None:
    thursday, later = date(2025, 1, 9), date(2025, 1, 25)
    assert complete_mondays(thursday, later) == (date(2025, 1, 6), date(2025, 1, 13))
    assert complete_mondays(thursday, date(2025, 1, 11)) == ()


QUARTERS = [
    # day, fiscal year start | quarter
    ("2025-03-31", 1, "2025-Q1"),
    ("2025-04-01", 1, "2025-Q2"),
    ("2025-03-31", 4, "2024-Q4"),
    ("2025-04-01", 4, "2025-Q1"),
    ("2025-01-15", 10, "2024-Q2"),
    ("2025-12-31", 12, "2025-Q1"),
]


@pytest.mark.parametrize(("day", "start", "quarter"), QUARTERS)
def test_quarters_follow_the_fiscal_year(day: str, start: int, quarter: str) -> None:
    assert quarter_key(date.fromisoformat(day), start) == quarter


PERIODS = [
    # text, fiscal year start | first and last day
    ("2025", 1, "2025-01-01", "2025-12-31"),
    ("2025", 4, "2025-04-01", "2026-03-31"),
    ("2025-Q4", 1, "2025-10-01", "2025-12-31"),
    ("2025-q4", 4, "2026-01-01", "2026-03-31"),
    ("2024-02", 4, "2024-02-01", "2024-02-29"),
    ("2026-W53", 1, "2026-12-28", "2027-01-03"),
    ("2025-01-15..2025-02-28", 1, "2025-01-15", "2025-02-28"),
]


@pytest.mark.parametrize(("text", "start", "first", "last"), PERIODS)
def test_periods(text: str, start: int, first: str, last: str) -> None:
    expected = Window(date.fromisoformat(last), date.fromisoformat(first))
    assert parse_period(text, fiscal_year_start=start) == expected


@pytest.mark.parametrize("text", ["", "last month", "2025-13", "2025-Q5", "2025-W54", "2025-02-01..2025-01-01", "25"])
def test_what_is_no_period_is_refused_with_examples(text: str) -> None:
    with pytest.raises(KanbanError) as refused:
        parse_period(text)
    assert "2025-Q1" in refused.value.cure


@settings(deadline=None)
@given(st.dates(date(2000, 1, 1), date(2040, 12, 31)), st.integers(1, 12))
def test_a_day_lies_in_the_period_it_names(day: date, start: int) -> None:
    assert day in parse_period(quarter_key(day, start), fiscal_year_start=start)
    assert day in parse_period(month_key(day))
    assert day in parse_period(week_key(day))


def test_windows_hold_both_ends() -> None:
    window = Window(date(2025, 1, 31), date(2025, 1, 1))
    assert date(2025, 1, 1) in window
    assert date(2025, 1, 31) in window
    assert date(2025, 2, 1) not in window
    assert None not in window
    assert window.days_from(date(2025, 1, 30)) == 2
    assert window.days_from(date(2024, 1, 1)) == 31
    assert window.days_from(date(2025, 2, 2)) == 0
    assert window.days_from(None) == 0


def test_the_weeks_before_end_on_a_sunday() -> None:
    assert weeks_before(date(2025, 3, 31), 8) == Window(date(2025, 3, 30), date(2025, 2, 3))


HOLIDAYS = (date(2025, 4, 21), date(2025, 5, 1), date(2025, 5, 1), date(2025, 5, 3))
FRENCH_SPRING = DayCount(Calendar(holidays=HOLIDAYS))

SPANS = [
    # from, to | difference, inclusive, in working days around Easter Monday and 1 May 2025
    ("2025-04-18", "2025-04-22", 1, 2),
    ("2025-04-19", "2025-04-21", 0, 1),  # nothing worked: one day at least
    ("2025-04-30", "2025-05-05", 2, 3),
    ("2025-04-14", "2025-04-18", 4, 5),
    ("2025-04-14", "2025-04-14", 0, 1),
]


@pytest.mark.parametrize(("since", "until", "difference", "inclusive"), SPANS)
def test_working_days(since: str, until: str, difference: int, inclusive: int) -> None:
    first, last = date.fromisoformat(since), date.fromisoformat(until)
    assert FRENCH_SPRING.difference(first, last) == difference
    assert FRENCH_SPRING.inclusive(first, last) == inclusive


days = st.dates(date(2024, 1, 1), date(2026, 12, 31))
calendars = st.builds(
    Calendar,
    working_days=st.sets(st.sampled_from(WEEKDAYS), min_size=1).map(tuple),
    holidays=st.lists(days, max_size=8).map(tuple),
)


@settings(deadline=None)
@given(calendars, days, st.integers(0, 60))
def test_working_days_are_the_days_one_would_count_on_a_calendar(calendar: Calendar, first: date, length: int) -> None:
    last = first + timedelta(days=length)
    span = [first + timedelta(days=at) for at in range(length + 1)]
    worked = [day for day in span if WEEKDAYS[day.weekday()] in calendar.working_days and day not in calendar.holidays]
    count = DayCount(calendar)
    assert count.inclusive(first, last) == max(1, len(worked))
    assert count.difference(first, last) == sum(day > first for day in worked)
    assert count.difference(last, first) == -count.difference(first, last)


def test_calendar_days() -> None:
    night = date(2025, 3, 29), date(2025, 3, 30)
    assert CALENDAR_DAYS.inclusive(*night) == 2
    assert CALENDAR_DAYS.difference(*night) == 1
    assert (CALENDAR_DAYS.unit, FRENCH_SPRING.unit) == ("calendar", "working")
