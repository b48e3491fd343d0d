"""The forms in which a day is written: ISO, day/month, a month's name, or its distance from today."""

from dataclasses import replace
from datetime import time

from kanban.model.typed.day_words import DAY_PARTS, MONTHS, WEEKDAYS
from kanban.model.typed.relative_days import RelativeDay, day_alone, relative_day
from kanban.patterns import pattern
from kanban.values import dataclass


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of a month as written, not yet known to exist; the year (None) and weekday (0 = Monday) may be missing.

    `last` is the end of the month, whatever its length; `day` is then 31.
    """

    year: int | None
    month: int
    day: int
    weekday: int | None = None
    last: bool = False


@dataclass(frozen=True, slots=True)
class TwoDays:
    """A text that two people would read as two different days."""

    one: CalendarDay
    other: CalendarDay


DayForm = CalendarDay | RelativeDay | TwoDays

_YEAR_FIRST = pattern(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_FIRST = pattern(r"(?:premier|first)(?: of)? ")
_SLASHES = pattern(r"([0-9]{1,2})/([0-9]{1,2})(?:/([0-9]{4}|[0-9]{2}))?")
_DOTS_OR_DASHES = pattern(r"([0-9]{1,2})([-.])([0-9]{1,2})\2([0-9]{4})")
_DOTS = pattern(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{2})")
_DOTTED = pattern(r"([0-9]{1,2})\. ?([0-9]{1,2})\.")
_DAY_MONTH = pattern(r"([0-9]{1,2})(?:er|st|nd|rd|th)?[ -]?(?:of |de )?([a-z]+)\.?(?:[ ,-]+([0-9]{4}))?")
_MONTH_DAY = pattern(r"([a-z]+)\.? ([0-9]{1,2})(?:er|st|nd|rd|th)?(?:,? ([0-9]{4}))?")
_END = pattern(r"(?:fin|end)(?: of| de)? (?:d')?([a-z]+)\.?(?: ([0-9]{4}))?")
_NUMBER_OF_DAY = pattern(r"^([0-9]{1,2})(?:er|st|nd|rd|th)?$")
_WEEKDAY = pattern(r"([a-z]+)\.?,? (?=.*[0-9])(?:le |the )?(.+)")


def day_form(text: str, language: str) -> DayForm | None:
    """What the folded text of a day can mean under a board in `language`; None when it is no day at all.

    French puts the day first, always. In English a text such as `10/12` means two days, so it is both; `13/10` and
    `10/13` have one reading each and are that day.
    """
    bare = text.removeprefix("le ").removeprefix("on ").removeprefix("the ")
    bare = _FIRST.sub("1 ", bare)
    form = _numeric(bare, language) or _named(bare, language) or _with_weekday(bare, language)
    return form or relative_day(text) or relative_day(bare)


def _numeric(text: str, language: str) -> CalendarDay | TwoDays | None:
    match = _YEAR_FIRST.fullmatch(text)
    if match:
        return CalendarDay(int(match[1]), int(match[3]), int(match[4]))
    match = _SLASHES.fullmatch(text) or _DOTS.fullmatch(text)
    if match:
        return _day_and_month(match[1], match[2], match[3], language)
    match = _DOTTED.fullmatch(text)
    if match:  # who ends the month with a dot puts the day first, whatever the language
        return CalendarDay(None, int(match[2]), int(match[1]))
    match = _DOTS_OR_DASHES.fullmatch(text)
    return _day_and_month(match[1], match[3], match[4], language) if match else None


def _day_and_month(first: str, second: str, year: str | None, language: str) -> CalendarDay | TwoDays:
    whole_year = int(year) + (2000 if len(year) == 2 else 0) if year else None
    day_first = CalendarDay(whole_year, int(second), int(first))
    month_first = CalendarDay(whole_year, int(first), int(second))
    if language != "en" or day_first == month_first or month_first.month > 12 or 0 in (int(first), int(second)):
        return day_first
    return month_first if day_first.month > 12 else TwoDays(day_first, month_first)


def _named(text: str, language: str) -> CalendarDay | TwoDays | None:
    match = _DAY_MONTH.fullmatch(text)
    if match and match[2] in MONTHS:
        return CalendarDay(int(match[3]) if match[3] else None, MONTHS[match[2]], int(match[1]))
    match = _END.fullmatch(text)
    if match and match[1] in MONTHS:
        return CalendarDay(int(match[2]) if match[2] else None, MONTHS[match[1]], 31, last=True)
    match = _MONTH_DAY.fullmatch(text)
    if match is None or match[1] not in MONTHS or (match[1] in WEEKDAYS and language == "fr"):
        return None
    return CalendarDay(int(match[3]) if match[3] else None, MONTHS[match[1]], int(match[2]))


def _with_weekday(text: str, language: str) -> DayForm | None:
    """`lundi 12 octobre`, `Mon 12/10`, `lundi 12`: the weekday is kept to be checked against the date."""
    match = _WEEKDAY.fullmatch(text)
    weekday = WEEKDAYS.get(match[1]) if match else None
    if match is None or weekday is None:
        return None
    form: DayForm | None = _numeric(match[2], language) or _named(match[2], language)
    if form is None and match[1] not in MONTHS:
        form = day_alone(_NUMBER_OF_DAY.sub(r"le \1", match[2]))
    return form if form is None or isinstance(form, TwoDays) else replace(form, weekday=weekday)


_PARTS = "|".join(sorted(DAY_PARTS, key=len, reverse=True))
_CLOCK = pattern(
    rf"(?P<part>{_PARTS})"
    r"|(?P<hour>[0-9]{1,2}) ?(?:"
    r"h(?:eures?|rs?)? ?(?P<past>[0-9]{2})?"
    r"|[:](?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?(?: ?(?P<half>[ap]m))?"
    r"|(?P<bare_half>[ap]m))"
)
_SPLIT = pattern(
    rf"(?P<day>.*?)(?:^(?:a |at |vers )?|,? (?:a |at |vers |au |in the |dans la )?)(?P<clock>{_CLOCK.pattern})"
)
_CLOCK_FIRST = pattern(
    r"(?:a |at )?(?P<clock>[0-9]{1,2}(?: ?h(?:[0-9]{2})?|:[0-9]{2}(?: ?[ap]m)?| ?[ap]m)|midi|noon)"
    r",?(?: on)? (?P<day>.+)"
)
_PART_AND_CLOCK = pattern(rf" (?:(?:au|dans la|in the) )?(?:{_PARTS})(?=,? (?:a |at )?[0-9]{{1,2}} ?[h:])")
_THIS = pattern(rf"(?:cet?(?:te)?|this) (?P<part>{_PARTS})|(?P<night>tonight)")


def split_clock(text: str) -> tuple[str, str]:
    """Folded text → the part before the time of day, and the time's own text ("" when there is none).

    A part of the day (`demain matin`) is a time by its usual hour, unless the hour stands beside it.
    """
    this = _THIS.match(text)
    if this:
        text = "today " + (this["part"] or "evening") + text[this.end() :]
    text = _PART_AND_CLOCK.sub("", text)
    match = _SPLIT.fullmatch(text) or _CLOCK_FIRST.fullmatch(text)
    return (match["day"].strip(" ,"), match["clock"]) if match else (text, "")


def read_clock(text: str) -> time | None:
    """The time of day that a clock's text stands for; None when there is no such time. Seconds must be zero."""
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    if match["part"]:
        return DAY_PARTS[match["part"]]
    hour, minute = int(match["hour"]), int(match["past"] or match["minute"] or 0)
    half = match["half"] or match["bare_half"]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59 or int(match["second"] or 0):
        return None
    return time(hour, minute)
