"""Days and times as shown, against Babel's names, and read back by our own reader."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime, time, timedelta

import pytest
from babel.dates import format_date as babel_date
from hypothesis import given
from hypothesis import strategies as st

from kanban.i18n import use_language
from kanban.i18n.date_formats import DateStyle
from kanban.i18n.formats import format_date, format_relative, format_time, format_when
from kanban.model.typed.read import read_when
from kanban.model.typed.values import When

BOTH = ("fr", "en")
MONDAY = date(2026, 10, 5)


@pytest.mark.parametrize(
    ("style", "french", "english"),
    [
        ("short", "12/10", "12 Oct"),
        ("weekday", "lun. 12 oct.", "Mon 12 Oct"),
        ("medium", "12 oct. 2026", "12 Oct 2026"),
        ("long", "12 octobre 2026", "12 October 2026"),
        ("full", "lundi 12 octobre 2026", "Monday 12 October 2026"),
        ("month", "oct. 2026", "Oct 2026"),
    ],
)
def test_styles(style: DateStyle, french: str, english: str) -> None:
    assert format_date(date(2026, 10, 12), style, language="fr") == french
    assert format_date(date(2026, 10, 12), style, language="en") == english


@pytest.mark.parametrize(
    ("style", "french"),
    [("short", "01/03"), ("weekday", "lun. 1er mars"), ("medium", "1er mars 2027"), ("full", "lundi 1er mars 2027")],
)
def test_the_first_of_the_month_is_ordinal_in_french(style: DateStyle, french: str) -> None:
    assert format_date(date(2027, 3, 1), style, language="fr") == french


days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@given(day=days, language=st.sampled_from(BOTH))
def test_days_are_what_babel_shows(day: date, language: str) -> None:
    patterns: dict[DateStyle, str] = {
        "weekday": "EEE d MMM",
        "medium": "d MMM y",
        "long": "d MMMM y",
        "full": "EEEE d MMMM y",
        "month": "MMM y",
    }
    for style, pattern in patterns.items():
        shown = format_date(day, style, language=language).replace("1er ", "1 ")
        assert shown == babel_date(day, pattern, locale=language)


@given(
    day=days,
    as_of=days,
    style=st.sampled_from(["short", "weekday", "medium", "long", "full"]),
    language=st.sampled_from(BOTH),
)
def test_a_day_that_is_shown_can_be_typed(day: date, as_of: date, style: DateStyle, language: str) -> None:
    shown = format_date(day, style, as_of=as_of, language=language)
    assert read_when(shown, today=as_of, language=language).value == When(day)


@given(
    at=st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31)),
    style=st.sampled_from(["short", "weekday", "medium", "long", "full"]),
    language=st.sampled_from(BOTH),
)
def test_a_time_that_is_shown_can_be_typed(at: datetime, style: DateStyle, language: str) -> None:
    when = When(at.date(), at.time().replace(second=0, microsecond=0))
    shown = format_when(when, style, as_of=MONDAY, language=language)
    assert read_when(shown, today=MONDAY, language=language).value == when


@pytest.mark.parametrize(
    ("day", "french", "english"),
    [
        ("2026-10-12", "12/10", "12 Oct"),
        ("2026-04-06", "06/04", "6 Apr"),
        ("2026-04-05", "05/04/2026", "5 Apr 2026"),
        ("2027-04-05", "05/04", "5 Apr"),
        ("2027-04-06", "06/04/2027", "6 Apr 2027"),
        ("2025-10-05", "05/10/2025", "5 Oct 2025"),
    ],
)
def test_the_year_is_shown_when_it_is_not_the_one_that_would_be_read(day: str, french: str, english: str) -> None:
    assert format_date(date.fromisoformat(day), "short", as_of=MONDAY, language="fr") == french
    assert format_date(date.fromisoformat(day), "short", as_of=MONDAY, language="en") == english


@pytest.mark.parametrize(
    ("at", "french", "english"),
    [("10:00", "10h", "10:00"), ("10:30", "10h30", "10:30"), ("09:05", "9h05", "09:05"), ("00:00", "0h", "00:00")],
)
def test_times(at: str, french: str, english: str) -> None:
    assert format_time(time.fromisoformat(at), language="fr") == french
    assert format_time(time.fromisoformat(at), language="en") == english


@pytest.mark.parametrize(
    ("style", "french", "english"),
    [
        ("short", "12/10 10h", "12 Oct 10:00"),
        ("weekday", "lun. 12 oct. 10h", "Mon 12 Oct 10:00"),
        ("full", "lundi 12 octobre 2026 à 10h", "Monday 12 October 2026 at 10:00"),
    ],
)
def test_day_and_time(style: DateStyle, french: str, english: str) -> None:
    when = When(date(2026, 10, 12), time(10))
    with use_language("fr"):
        assert format_when(when, style) == french
    assert format_when(when, style) == english
    assert format_when(When(when.day), style) == format_date(when.day, style)


@pytest.mark.parametrize(
    ("distance", "french", "english"),
    [
        (0, "aujourd’hui", "today"),
        (1, "demain", "tomorrow"),
        (-1, "hier", "yesterday"),
        (2, "dans 2 jours", "in 2 days"),
        (30, "dans 30 jours", "in 30 days"),
        (-2, "il y a 2 jours", "2 days ago"),
    ],
)
def test_distances(distance: int, french: str, english: str) -> None:
    day = MONDAY + timedelta(days=distance)
    assert format_relative(day, MONDAY, language="fr") == french
    assert format_relative(day, MONDAY, language="en") == english
    for shown in (french, english):
        assert read_when(shown, today=MONDAY, language="fr").value == When(day)


def test_babel_loads_at_first_use() -> None:
    code = "import sys, kanban.i18n.formats, kanban.model.typed.read; sys.exit('babel' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
