"""Working days counted at once are those that are found when every day is asked."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kanban.model.cards.working_days import (
    is_working_day,
    next_working_day,
    working_days_through,
    working_weekdays,
)
from kanban.model.settings.policies import Calendar

NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAYS = st.dates(date(2025, 12, 20), date(2026, 1, 20))
CALENDARS = st.builds(
    lambda weekdays, holidays: Calendar(working_days=tuple(weekdays), holidays=tuple(holidays)),
    st.lists(st.sampled_from(NAMES), max_size=7),
    st.lists(DAYS, max_size=6),
)


@given(CALENDARS, DAYS, st.integers(0, 40))
def test_the_count_grows_by_one_on_each_working_day(calendar: Calendar, day: date, ahead: int) -> None:
    days = [day + timedelta(days=step) for step in range(1, ahead + 1)]
    counted = working_days_through(calendar, day + timedelta(days=ahead)) - working_days_through(calendar, day)
    assert counted == sum(is_working_day(calendar, one) for one in days)


@given(CALENDARS, DAYS)
def test_a_day_is_worked_on_its_weekday_unless_it_is_a_holiday(calendar: Calendar, day: date) -> None:
    expected = NAMES[day.weekday()] in calendar.working_days and day not in calendar.holidays
    assert is_working_day(calendar, day) == expected
    assert (day.weekday() in working_weekdays(calendar)) == (NAMES[day.weekday()] in calendar.working_days)


def test_the_next_working_day_jumps_over_weekend_and_holiday() -> None:
    calendar = Calendar(working_days=NAMES[:5], holidays=(date(2026, 1, 1), date(2026, 1, 2)))
    assert next_working_day(calendar, date(2025, 12, 31)) == date(2026, 1, 5)
    assert next_working_day(Calendar(working_days=(), holidays=()), date(2025, 12, 31)) == date(2026, 1, 1)
