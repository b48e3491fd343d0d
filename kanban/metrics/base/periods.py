"""Period: a month, a quarter or a year, by name; quarters follow the board's fiscal year.

A fiscal year is named after the calendar year in which it begins: with `fiscal_year_start: 4`, `2025-Q1` runs from
April to June 2025 and `2025-Q4` from January to March 2026.
"""

import re
from datetime import date, timedelta

from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.i18n.formats import format_date
from kanban.metrics.base.weeks import WEEK
from kanban.metrics.base.window import Window

_PERIOD = re.compile(
    r"(?P<year>\d{4})(?:-(?:[QT](?P<quarter>[1-4])|[WS](?P<week>\d{2})|(?P<month>\d{2})))?", re.IGNORECASE
)


def month_key(day: date) -> str:
    """The day's month, such as `2025-04`."""
    return f"{day.year:04d}-{day.month:02d}"


def quarter_key(day: date, fiscal_year_start: int = 1) -> str:
    """The day's quarter, such as `2025-Q2`, in a year that begins with the month `fiscal_year_start`."""
    since_start = (day.month - fiscal_year_start) % 12
    year = day.year if day.month >= fiscal_year_start else day.year - 1
    return f"{year:04d}-Q{since_start // 3 + 1}"


def period_name(key: str) -> str:
    """A period as people say it: `Q4 2026` for `2026-Q4`, `Oct 2026` for `2026-10`; what is none stays as it is."""
    found = _PERIOD.fullmatch(key)
    if found is not None and found["quarter"]:
        return _("Q{number} {year}").format(number=found["quarter"], year=found["year"])
    if found is not None and found["week"]:
        return _("week {number}, {year}").format(number=int(found["week"]), year=found["year"])
    return format_date(date.fromisoformat(f"{key}-01"), "month") if found is not None and found["month"] else key


def week_name(monday: date) -> str:
    """An ISO week beside others as people say it: `week 40, 28 Sep`."""
    day = format_date(monday, "short")
    return _("week {number}, {day}").format(number=monday.isocalendar().week, day=day)


def week_head(monday: date) -> str:
    """The same where there is room for three signs: `W40`, `S40` in French."""
    return _("W{number:02}").format(number=monday.isocalendar().week)


def parse_period(text: str, *, fiscal_year_start: int = 1) -> Window:
    """The window meant by `2025`, `2025-Q1`, `2025-03`, `2025-W12`, or `2025-01-15..2025-02-28`.

    The French say `2025-T1` (trimestre) and `2025-S12` (semaine).

    Years and quarters are the board's fiscal ones. Raises KanbanError for anything else.
    """
    found = _PERIOD.fullmatch(text.strip())
    try:
        if ".." in text:
            first, last = (date.fromisoformat(part.strip()) for part in text.split("..", 1))
            if last < first:
                raise ValueError
            return Window(last, first)
        if found is None:
            raise ValueError
        return _named(found, fiscal_year_start)
    except ValueError as error:
        message = _("“{text}” is not a period").format(text=text)
        cure = _("write 2025, 2025-Q1, 2025-03, 2025-W12 or 2025-01-15..2025-02-28")
        raise KanbanError(message, cure=cure) from error


def _named(found: re.Match[str], fiscal_year_start: int) -> Window:
    year = int(found["year"])
    if found["week"]:
        monday = date.fromisocalendar(year, int(found["week"]), 1)
        return Window(monday + WEEK - timedelta(days=1), monday)
    if found["month"]:
        first = date(year, int(found["month"]), 1)
        return Window(_add_months(first, 1) - timedelta(days=1), first)
    begin = date(year, fiscal_year_start, 1)
    if found["quarter"]:
        first = _add_months(begin, 3 * (int(found["quarter"]) - 1))
        return Window(_add_months(first, 3) - timedelta(days=1), first)
    return Window(_add_months(begin, 12) - timedelta(days=1), begin)


def _add_months(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)
