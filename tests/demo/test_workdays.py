"""Days carried to another opening day: order, free weekends and working-day distances stay."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanban.demo.workdays import AS_OF, Carrier, index_of, opening_day, working_day

DAYS = st.dates(date(2025, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("index", "day"),
    [
        (0, "2026-10-05"),
        (-1, "2026-10-02"),
        (-5, "2026-09-28"),
        (-6, "2026-09-25"),
        (4, "2026-10-09"),
        (5, "2026-10-12"),
        (-130, "2026-04-06"),
    ],
)
def test_working_days_are_counted_without_weekends(index: int, day: str) -> None:
    assert working_day(index) == date.fromisoformat(day)
    assert index_of(date.fromisoformat(day)) == index


@given(DAYS, st.integers(-400, 400))
def test_the_next_working_day_is_the_next_day_that_is_no_weekend(as_of: date, index: int) -> None:
    anchor = opening_day(as_of)
    here, after = working_day(index, anchor), working_day(index + 1, anchor)
    step = here + timedelta(days=1)
    while step.weekday() >= 5:
        step += timedelta(days=1)
    assert here.weekday() < 5
    assert after == step


@given(DAYS, DAYS, st.integers(0, 9))
def test_carrying_keeps_the_order_of_days(as_of: date, one: date, later: int) -> None:
    carrier = Carrier(as_of)
    assert carrier.day(one) <= carrier.day(one + timedelta(days=later))


@given(DAYS)
def test_the_opening_day_stands_for_the_example_day(as_of: date) -> None:
    carrier = Carrier(as_of)
    assert carrier.day(AS_OF) == carrier.opening
    assert 0 <= (carrier.opening - as_of).days <= 2
    assert carrier.moment(-1, 18 * 60).date() < as_of, "nothing happens on the opening day or later"


@pytest.mark.parametrize(
    ("as_of", "text", "carried"),
    [
        ("2026-10-05", "le 2026-10-12T10:00, mardi, 12/10, 2026-Q4", "le 2026-10-12T10:00, mardi, 12/10, 2026-Q4"),
        ("2026-10-12", "le 2026-10-12T10:00, mardi, 12/10", "le 2026-10-19T10:00, mardi, 19/10"),
        ("2026-11-23", "next_action_date: 2026-10-12T10:00", "next_action_date: 2026-11-30T10:00"),
        ("2026-10-08", "vu lundi 2026-10-05, rappel mardi 06/10", "vu jeudi 2026-10-08, rappel vendredi 09/10"),
        ("2026-10-09", "rappel mardi 06/10", "rappel lundi 12/10"),
        ("2027-02-01", "{period: 2026-Q4, wins: 20}", "{period: 2027-Q1, wins: 20}"),
        ("2027-02-01", "01 99 00 10 10, 12 500 €, 24/7, 45/13", "01 99 00 10 10, 12 500 €, 24/7, 45/13"),
    ],
)
def test_texts_are_carried(as_of: str, text: str, carried: str) -> None:
    assert Carrier(date.fromisoformat(as_of)).text(text) == carried


@pytest.mark.parametrize(("as_of", "offset"), [("2026-10-05", "+02:00"), ("2026-12-07", "+01:00")])
def test_times_are_those_of_paris(as_of: str, offset: str) -> None:
    assert Carrier(date.fromisoformat(as_of)).moment(-1, 9 * 60).isoformat().endswith(offset)
