"""Days named by their distance from today: `demain`, `next monday`, `+7d`, `J+7`, `il y a 3 jours`."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from kanban.model.typed.day_words import (
    DAY_ENDS,
    MONTH_ENDS,
    MONTHS,
    NAMED_DAYS,
    NEXT_ENDS,
    NEXT_PERIODS,
    NUMBERS,
    QUARTER_ENDS,
    UNITS,
    WEEK_ENDS,
    WEEKDAYS,
    YEAR_ENDS,
)

_NUMBER = "[0-9]{1,4}|" + "|".join(NUMBERS)
_COUNT = rf"(?P<count>{_NUMBER})"
_UNIT = r"(?P<unit>[a-z]+)"
_AHEAD = re.compile(rf"(?:\+ ?|in |dans ){_COUNT} ?{_UNIT}|(?P<count2>{_NUMBER}) ?(?P<unit2>[a-z]+) from (?:now|today)")
_AGO = re.compile(rf"(?:- ?|il y a ){_COUNT} ?{_UNIT}|(?P<count2>{_NUMBER}) ?(?P<unit2>[a-z]+) ago")
_D_PLUS = re.compile(r"[jd] ?(?P<sign>[+-]) ?(?P<count>[0-9]{1,4})")
_NEXT = re.compile(r"(?:next |this |coming |prochain |ce )?(?P<day>[a-z]+)\.?(?P<next> prochain| qui vient)?")
_WEEK_AFTER = re.compile(r"(?P<day>[a-z]+)(?: en huit| week)|(?:a )?week (?:on|from) (?P<day2>[a-z]+)")
_DAY_ALONE = re.compile(r"le (?P<day>[0-9]{1,2})(?:er)?(?: (?:du|de ce) mois)?|the (?P<day2>[0-9]{1,2})(?:st|nd|rd|th)")
_PART = r"(?:en |in |(?P<early>debut |early )|(?P<middle>mi[- ]|mid[- ]))?"
_IN_MONTH = re.compile(_PART + r"(?:de |d')?(?P<month>[a-z]+)(?: (?P<year>20\d\d))?")
_MIDDLE = 15
_NUMBERED = re.compile(
    r"(?:(?:(?:la )?semaine|week|[sw]) ?(?P<week>[0-9]{1,2})|[qt](?P<quarter>[1-4]))(?: (?:de )?(?P<year>20\d\d))?"
)
_IN_NEXT_WEEK = re.compile(r"(?P<day>[a-z]+) (?:(?:de |of )?(?:la )?semaine prochaine|(?:of )?next week)")
_LAST = re.compile(r"last (?P<day>[a-z]+)|(?P<day2>[a-z]+) dernier")


@dataclass(frozen=True, slots=True)
class RelativeDay:
    """A day that depends on the day on which it is read."""

    resolve: Callable[[date], date]


def relative_day(text: str) -> RelativeDay | None:
    """The day that folded `text` names from today, None when it names none.

    A weekday is the next such day strictly after today, with or without `next`/`prochain`; `last`/`dernier` is the last
    one strictly before, `en huit` the one a week later. A span in months keeps the day of the month, or takes the
    month's last day when it is shorter. A day of the month alone (`le 20`) is the next one, today included; a month
    alone or with its year, or `next week`, is its first day. `resolve` raises OverflowError or ValueError beyond the
    calendar.
    """
    if text in NAMED_DAYS:
        distance = NAMED_DAYS[text]
        return RelativeDay(lambda today: today + timedelta(days=distance))
    if text in MONTH_ENDS:
        return RelativeDay(lambda today: today.replace(day=monthrange(today.year, today.month)[1]))
    if text in YEAR_ENDS:
        return RelativeDay(lambda today: date(today.year, 12, 31))
    if text in WEEK_ENDS:
        return RelativeDay(lambda today: today + timedelta(days=max(0, 4 - today.weekday())))
    if text in QUARTER_ENDS:
        return RelativeDay(lambda today: _months_later(_quarter(today), 3) - timedelta(days=1))
    if text in DAY_ENDS:
        return RelativeDay(lambda today: today)
    if text in NEXT_PERIODS:
        period = NEXT_PERIODS[text]
        return RelativeDay(lambda today: _first_of_next(period, today))
    if text in NEXT_ENDS:
        ending = NEXT_ENDS[text]
        return RelativeDay(lambda today: _end_of_next(ending, today))
    return _counted(text) or _weekday(text) or _day_alone(text) or _in_month(text) or _numbered(text)


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
            return _span(sign * (NUMBERS.get(count) or int(count)), UNITS[unit])
    return None


def _span(count: int, unit: str) -> RelativeDay:
    if unit in ("month", "year"):
        return RelativeDay(lambda today: _months_later(today, count * (12 if unit == "year" else 1)))
    days = count * {"week": 7, "fortnight": 14}.get(unit, 1)
    return RelativeDay(lambda today: today + timedelta(days=days))


def _months_later(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _quarter(day: date) -> date:
    """The first day of the quarter that holds `day`."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def _first_of_next(period: str, today: date) -> date:
    if period == "week":
        return today + timedelta(days=7 - today.weekday())
    if period == "month":
        return _months_later(today.replace(day=1), 1)
    return _months_later(_quarter(today), 3) if period == "quarter" else date(today.year + 1, 1, 1)


def _end_of_next(period: str, today: date) -> date:
    first = _first_of_next(period, today)
    return first + timedelta(days=4) if period == "week" else _first_of_next(period, first) - timedelta(days=1)


def _numbered(text: str) -> RelativeDay | None:
    """`semaine 50`, `Q1 2027`: the Monday of the week, the first day of the quarter; without a year the next one."""
    match = _NUMBERED.fullmatch(text)
    if match is None:
        return None
    week, quarter = int(match["week"] or 0), int(match["quarter"] or 0)

    def of(year: int) -> tuple[date, date]:
        if week:
            first = date.fromisocalendar(year, week, 1)
            return first, first + timedelta(days=6)
        first = date(year, quarter * 3 - 2, 1)
        return first, _months_later(first, 3) - timedelta(days=1)

    def resolve(today: date) -> date:
        if match["year"]:
            return of(int(match["year"]))[0]
        year = today.isocalendar().year if week else today.year
        first, last = of(year)
        return first if last >= today else of(year + 1)[0]

    return RelativeDay(resolve)


def _day_alone(text: str) -> RelativeDay | None:
    """`le 20`: the next month that has such a day, today included."""
    match = _DAY_ALONE.fullmatch(text)
    number = int(match["day"] or match["day2"]) if match else 0
    if not 1 <= number <= 31:
        return None

    def resolve(today: date) -> date:
        month = today.replace(day=1) if number >= today.day else _months_later(today.replace(day=1), 1)
        while monthrange(month.year, month.month)[1] < number:
            month = _months_later(month, 1)
        return month.replace(day=number)

    return RelativeDay(resolve)


def _in_month(text: str) -> RelativeDay | None:
    """`janvier`, `début janvier`, `mid January`: the next such day, in this month's case today at the earliest."""
    match = _IN_MONTH.fullmatch(text)
    if match is None or match["month"] not in MONTHS or (match["month"] in WEEKDAYS and not match["year"]):
        return None
    number, day = MONTHS[match["month"]], _MIDDLE if match["middle"] else 1
    if match["year"]:
        told = date(int(match["year"]), number, day)
        return RelativeDay(lambda _today: told)

    def resolve(today: date) -> date:
        this_year = date(today.year, number, day)
        if this_year >= today:
            return this_year
        return date(today.year + 1, number, day) if today.month != number or match["middle"] else today

    return RelativeDay(resolve)


def weekday_named(text: str) -> int | None:
    """The number of the weekday (Monday: 0) that folded `text` names, with nothing beside it; None otherwise."""
    match = _NEXT.fullmatch(text)
    return WEEKDAYS.get(match["day"]) if match and match["day"] == text else None


def _weekday(text: str) -> RelativeDay | None:
    match = _LAST.fullmatch(text)
    if match and (match["day"] or match["day2"]) in WEEKDAYS:
        last = WEEKDAYS[match["day"] or match["day2"]]
        return RelativeDay(lambda today: today - timedelta(days=(today.weekday() - last - 1) % 7 + 1))
    match = _IN_NEXT_WEEK.fullmatch(text)
    if match and match["day"] in WEEKDAYS:
        there = WEEKDAYS[match["day"]]
        return RelativeDay(lambda today: _first_of_next("week", today) + timedelta(days=there))
    match = _WEEK_AFTER.fullmatch(text)
    if match and (match["day"] or match["day2"]) in WEEKDAYS:
        after = WEEKDAYS[match["day"] or match["day2"]]
        return RelativeDay(lambda today: today + timedelta(days=(after - today.weekday() - 1) % 7 + 8))
    match = _NEXT.fullmatch(text)
    if match and match["day"] in WEEKDAYS:
        coming = WEEKDAYS[match["day"]]
        return RelativeDay(lambda today: today + timedelta(days=(coming - today.weekday() - 1) % 7 + 1))
    return None
