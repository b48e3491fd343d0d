"""Days named by their distance from today: `demain`, `next monday`, `+7d`, `J+7`, `il y a 3 jours`."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from kanban.model.typed.day_words import MONTH_ENDS, NAMED_DAYS, UNITS, WEEKDAYS, YEAR_ENDS

_COUNT = r"(?P<count>[0-9]{1,4}|an?|one|une?)"
_UNIT = r"(?P<unit>[a-z]+)"
_AHEAD = re.compile(rf"(?:\+ ?|in |dans ){_COUNT} ?{_UNIT}")
_AGO = re.compile(rf"(?:- ?|il y a ){_COUNT} ?{_UNIT}|(?P<count2>[0-9]{{1,4}}|an?|one) ?(?P<unit2>[a-z]+) ago")
_D_PLUS = re.compile(r"[jd] ?(?P<sign>[+-]) ?(?P<count>[0-9]{1,4})")
_NEXT = re.compile(r"(?:next |prochain )?(?P<day>[a-z]+)\.?(?P<next> prochain)?")
_LAST = re.compile(r"last (?P<day>[a-z]+)|(?P<day2>[a-z]+) dernier")


@dataclass(frozen=True, slots=True)
class RelativeDay:
    """A day that depends on the day on which it is read."""

    resolve: Callable[[date], date]


def relative_day(text: str) -> RelativeDay | None:
    """The day that folded `text` names from today, None when it names none.

    A weekday is the next such day strictly after today, with or without `next`/`prochain`; `last`/`dernier` is the last
    one strictly before. A span in months keeps the day of the month, or takes the month's last day when it is shorter.
    `resolve` raises OverflowError or ValueError beyond the calendar.
    """
    if text in NAMED_DAYS:
        distance = NAMED_DAYS[text]
        return RelativeDay(lambda today: today + timedelta(days=distance))
    if text in MONTH_ENDS:
        return RelativeDay(lambda today: today.replace(day=monthrange(today.year, today.month)[1]))
    if text in YEAR_ENDS:
        return RelativeDay(lambda today: date(today.year, 12, 31))
    return _counted(text) or _weekday(text)


def _counted(text: str) -> RelativeDay | None:
    match = _D_PLUS.fullmatch(text)
    if match:
        return _span(int(f"{match['sign']}{match['count']}"), "day")
    for pattern, sign in ((_AHEAD, 1), (_AGO, -1)):
        match = pattern.fullmatch(text)
        if match is None:
            continue
        words = match.groupdict()
        count, unit = words["count"] or words["count2"], words["unit"] or words["unit2"]
        if unit in UNITS:
            return _span(sign * (int(count) if count.isdigit() else 1), UNITS[unit])
    return None


def _span(count: int, unit: str) -> RelativeDay:
    if unit == "month":
        return RelativeDay(lambda today: _months_later(today, count))
    days = count * (7 if unit == "week" else 1)
    return RelativeDay(lambda today: today + timedelta(days=days))


def _months_later(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def weekday_named(text: str) -> int | None:
    """The number of the weekday (Monday: 0) that folded `text` names, with nothing beside it; None otherwise."""
    match = _NEXT.fullmatch(text)
    return WEEKDAYS.get(match["day"]) if match and match["day"] == text else None


def _weekday(text: str) -> RelativeDay | None:
    match = _LAST.fullmatch(text)
    if match and (match["day"] or match["day2"]) in WEEKDAYS:
        last = WEEKDAYS[match["day"] or match["day2"]]
        return RelativeDay(lambda today: today - timedelta(days=(today.weekday() - last - 1) % 7 + 1))
    match = _NEXT.fullmatch(text)
    if match and match["day"] in WEEKDAYS:
        coming = WEEKDAYS[match["day"]]
        return RelativeDay(lambda today: today + timedelta(days=(coming - today.weekday() - 1) % 7 + 1))
    return None
