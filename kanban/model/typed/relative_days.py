"""Days named by their distance from today: `demain`, `next monday`, `+7d`, `J+7`, `il y a 3 jours`."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from kanban.model.typed.day_words import (
    DAY_ENDS,
    LAST_PERIODS,
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
from kanban.patterns import pattern
from kanban.values import dataclass

_NUMBER = "[0-9]{1,4}|" + "|".join(NUMBERS)
_COUNT = rf"(?P<count>{_NUMBER})"
_UNIT = r"(?P<unit>[a-z]+)"
_AHEAD = pattern(rf"(?:\+ ?|in |dans ){_COUNT} ?{_UNIT}|(?P<count2>{_NUMBER}) ?(?P<unit2>[a-z]+) from (?:now|today)")
_AGO = pattern(rf"(?:- ?|il y a ){_COUNT} ?{_UNIT}|(?P<count2>{_NUMBER}) ?(?P<unit2>[a-z]+) ago")
_D_PLUS = pattern(r"[jd] ?(?P<sign>[+-]) ?(?P<count>[0-9]{1,4})")
_NEXT = pattern(r"(?:next |this |coming |prochain |ce )?(?P<day>[a-z]+)\.?(?P<next> prochain| qui vient)?")
_WEEK_AFTER = pattern(
    r"(?P<day>[a-z']+)(?: en (?:huit|8)| week|(?P<two> en (?:quinze|15)))|(?:a )?week (?:on |from )?(?P<day2>[a-z]+)"
)
_DAY_ALONE = pattern(
    r"(?:le (?P<day>[0-9]{1,2})(?:er)?|the (?P<day2>[0-9]{1,2})(?:st|nd|rd|th))"
    r"(?: (?:du|de ce|of (?:the|this)) (?:mois|month)|(?P<next> (?:du mois prochain|(?:of )?next month)))?"
)
_PART = r"(?:en |in |(?P<early>debut |early )|(?P<middle>mi[- ]|mid[- ]))?"
_IN_MONTH = pattern(
    _PART + r"(?:de |d')?(?P<next>next )?(?P<month>[a-z]+)\.?(?P<next2> prochain)?(?: (?P<year>20\d\d))?"
)
_MIDDLE = 15
_NUMBERED = pattern(
    r"(?:(?:(?:en )?(?:debut|early|start)|(?P<middle>mi|mid|middle)|(?P<late>(?:en )?fin|end|late))"
    r"(?: of| de| du|-)? ?)?"
    r"(?:(?:(?:la )?semaine|week|wk|sem\.?|[sw]) ?(?P<week>[0-9]{1,2})|[qt](?P<quarter>[1-4])|h(?P<half>[12]))"
    r"(?: (?:de )?(?P<year>20\d\d))?"
)
_IN_WEEK = pattern(
    r"(?P<day>[a-z]+) (?:(?:de |of )?(?:la )?semaine prochaine|(?:of )?next week|"
    r"(?P<this>(?:de )?cette semaine|this week))"
)
_IN_NUMBERED_WEEK = pattern(
    r"(?P<day>[a-z]+),? (?:de |of )?(?:la )?(?:semaine|week|wk|[sw]) ?(?P<week>[0-9]{1,2}(?: (?:de )?20\d\d)?)"
)
_WORKDAY = pattern(rf"workday {_COUNT}")
_ORDINALS = {
    word: number
    for number, words in (
        (1, "premier first 1 1er 1st"),
        (2, "deuxieme second 2e 2eme 2nd"),
        (3, "troisieme third 3e 3eme 3rd"),
        (4, "quatrieme fourth 4e 4eme 4th"),
        (-1, "dernier last"),
    )
    for word in words.split()
}
_NTH = pattern(
    rf"(?:le |the )?(?P<nth>{'|'.join(_ORDINALS)}) (?P<day>[a-z]+) (?:du|de|d'|of|in)(?: the)? ?"
    r"(?:(?P<month>[a-z]+)(?P<next> prochain)?|next (?P<after>month))"
)
_LAST = pattern(r"last (?P<day>[a-z]+)|(?P<day2>[a-z]+) dernier")


@dataclass(frozen=True, slots=True)
class RelativeDay:
    """A day that depends on the day on which it is read."""

    resolve: Callable[[date], date]
    weekday: int | None = None
    """The weekday written beside it (0 = Monday), to be checked."""


def relative_day(text: str) -> RelativeDay | None:
    """The day that folded `text` names from today, None when it names none.

    A weekday is the next such day strictly after today, with or without `next`/`prochain`; `last`/`dernier` is the last
    one strictly before, `en huit` the one a week later. A span in months keeps the day of the month, or takes the
    month's last day when it is shorter. A day of the month alone (`le 20`) is the next one, today included; a month
    alone or with its year, or `next week`, is its first day; so is `last week`. `resolve` raises OverflowError or
    ValueError beyond the calendar.
    """
    if text in NAMED_DAYS:
        distance = NAMED_DAYS[text]
        return RelativeDay(lambda today: today + timedelta(days=distance))
    if text in MONTH_ENDS:
        return RelativeDay(lambda today: today.replace(day=monthrange(today.year, today.month)[1]))
    if text == "weekend":
        return RelativeDay(lambda today: today + timedelta(days=max(0, 5 - today.weekday())))
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
    if text in LAST_PERIODS:
        over = LAST_PERIODS[text]
        return RelativeDay(lambda today: _first_of_last(over, today))
    if text in NEXT_ENDS:
        ending = NEXT_ENDS[text]
        return RelativeDay(lambda today: _end_of_next(ending, today))
    return _counted(text) or _weekday(text) or day_alone(text) or _in_month(text) or _numbered(text) or _nth(text)


def _counted(text: str) -> RelativeDay | None:
    match = _D_PLUS.fullmatch(text)
    if match:
        return _span(int(f"{match['sign']}{match['count']}"), "day")
    match = _WORKDAY.fullmatch(text)
    if match:
        days = NUMBERS.get(match["count"]) or int(match["count"])
        return RelativeDay(lambda today: _workdays_later(today, days))
    for form, sign in ((_AHEAD, 1), (_AGO, -1)):
        match = form.fullmatch(text)
        if match is None:
            continue
        words = match.groupdict()
        count, unit = words["count"] or words["count2"], words["unit"] or words["unit2"]
        if unit in UNITS:
            return _span(sign * (NUMBERS.get(count) or int(count)), UNITS[unit])
    return None


def _workdays_later(day: date, count: int) -> date:
    """The day `count` days from Monday to Friday after `day`. Holidays are not known."""
    for _each in range(count):
        day += timedelta(days=3 if day.weekday() == 4 else 2 if day.weekday() == 5 else 1)
    return day


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


def _first_of_last(period: str, today: date) -> date:
    if period == "week":
        return today - timedelta(days=7 + today.weekday())
    this = today.replace(day=1) if period == "month" else _quarter(today)
    return date(today.year - 1, 1, 1) if period == "year" else _months_later(this, -1 if period == "month" else -3)


def _end_of_next(period: str, today: date) -> date:
    first = _first_of_next(period, today)
    return first + timedelta(days=4) if period == "week" else _first_of_next(period, first) - timedelta(days=1)


def _numbered(text: str) -> RelativeDay | None:
    """`semaine 50`, `Q1 2027`, `fin T1`: the first, middle or last day; without a year the next that is not over.

    The last day of a week is its Friday, its middle the Wednesday; the middle of a quarter is that of its second month.
    """
    match = _NUMBERED.fullmatch(text)
    if match is None:
        return None
    week, months = int(match["week"] or 0), 3 if match["quarter"] else 6
    first_month = (int(match["quarter"] or match["half"] or 1) - 1) * months + 1

    def of(year: int) -> tuple[date, date]:
        if week:
            first = date.fromisocalendar(year, week, 1)
            told = first + timedelta(days=4 if match["late"] else 2 if match["middle"] else 0)
            return told, first + timedelta(days=6)
        first = date(year, first_month, 1)
        last = _months_later(first, months) - timedelta(days=1)
        middle = _months_later(first, months // 2) + timedelta(days=14 if months == 3 else 0)
        return last if match["late"] else middle if match["middle"] else first, last

    def resolve(today: date) -> date:
        if match["year"]:
            return of(int(match["year"]))[0]
        year = today.isocalendar().year if week else today.year
        told, last = of(year)
        over = told if match["middle"] else last
        return told if over >= today else of(year + 1)[0]

    return RelativeDay(resolve)


def day_alone(text: str) -> RelativeDay | None:
    """`le 20`: the next month that has such a day, today included; `le 20 du mois prochain`."""
    match = _DAY_ALONE.fullmatch(text)
    number = int(match["day"] or match["day2"]) if match else 0
    if match is None or not 1 <= number <= 31:
        return None
    if match["next"]:
        return RelativeDay(lambda today: _first_of_next("month", today).replace(day=number))

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
    later = match["next"] or match["next2"]

    def resolve(today: date) -> date:
        this_year = date(today.year, number, day)
        if this_year >= today and not (later and today.month == number):
            return this_year
        return date(today.year + 1, number, day) if today.month != number or match["middle"] or later else today

    return RelativeDay(resolve)


def _nth(text: str) -> RelativeDay | None:
    """`premier lundi de novembre`, `last friday of the month`: the next one that is not over."""
    match = _NTH.fullmatch(text)
    if match is None or match["day"] not in WEEKDAYS:
        return None
    nth, weekday = _ORDINALS[match["nth"]], WEEKDAYS[match["day"]]
    named = match["after"] or match["month"]
    if named not in MONTHS and named not in ("mois", "month"):
        return None

    def within(month: date) -> date:
        if nth < 0:
            last = _months_later(month, 1) - timedelta(days=1)
            return last - timedelta(days=(last.weekday() - weekday) % 7)
        return month + timedelta(days=(weekday - month.weekday()) % 7 + 7 * (nth - 1))

    def resolve(today: date) -> date:
        first = today.replace(day=1)
        if named in MONTHS:
            found = within(date(today.year, MONTHS[named], 1))
            return found if found >= today else within(date(today.year + 1, MONTHS[named], 1))
        if match["after"] or match["next"]:
            return within(_months_later(first, 1))
        return found if (found := within(first)) >= today else within(_months_later(first, 1))

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
    match = _IN_WEEK.fullmatch(text)
    if match and match["day"] in WEEKDAYS:
        there = WEEKDAYS[match["day"]] - (7 if match["this"] else 0)
        return RelativeDay(lambda today: _first_of_next("week", today) + timedelta(days=there))
    match = _IN_NUMBERED_WEEK.fullmatch(text)
    numbered = _numbered(f"week {match['week']}") if match and match["day"] in WEEKDAYS else None
    if match and numbered:
        within = WEEKDAYS[match["day"]]
        return RelativeDay(lambda today: numbered.resolve(today) + timedelta(days=within))
    match = _WEEK_AFTER.fullmatch(text)
    base = relative_day(match["day"] or match["day2"]) if match and text != match["day"] else None
    if match and base and (match["day"] or match["day2"]) in (*WEEKDAYS, *NAMED_DAYS):
        more = timedelta(days=14 if match["two"] else 7)
        return RelativeDay(lambda today: base.resolve(today) + more)
    match = _NEXT.fullmatch(text)
    if match and match["day"] in WEEKDAYS:
        coming = WEEKDAYS[match["day"]]
        return RelativeDay(lambda today: today + timedelta(days=(coming - today.weekday() - 1) % 7 + 1))
    return None
