"""Days, times and distances between days as people read them."""

from datetime import date, time
from functools import lru_cache
from typing import Literal, Protocol

from kanban.i18n.catalogue import _, current_language, ngettext, use_language
from kanban.i18n.near_year import near_year
from kanban.i18n.shapes import shapes

DateStyle = Literal["short", "weekday", "medium", "long", "full", "month"]

_REMEMBERED = 4096


class Moment(Protocol):
    """What `kanban.model.typed.values.When` has."""

    @property
    def day(self) -> date: ...
    @property
    def time(self) -> time | None: ...


def format_date(
    day: date, style: DateStyle = "medium", *, as_of: date | None = None, language: str | None = None
) -> str:
    """A day in one of these styles; English is written with the day first, as `12 Oct`, never in figures.

    short `12/10` / `12 Oct` · weekday `lun. 12 oct.` / `Mon 12 Oct` · medium `12 oct. 2026` / `12 Oct 2026` ·
    long `12 octobre 2026` · full `lundi 12 octobre 2026` · month `oct. 2026`.

    `short` and `weekday` have no year. Give `as_of` and they get one when, seen from that day, the day would
    otherwise be read as that of another year (see `near_year`).
    """
    with_year = as_of is not None and near_year(day.month, day.day, as_of) != day.year
    return _date(day.toordinal(), style, with_year, language or current_language())


@lru_cache(_REMEMBERED)
def _date(ordinal: int, style: str, with_year: bool, language: str) -> str:
    day, names = date.fromordinal(ordinal), shapes(language)
    if style == "short" and names.french:
        return f"{day:%d/%m}/{day.year}" if with_year else f"{day:%d/%m}"
    wide = style in ("long", "full")
    month = (names.months if wide else names.short_months)[day.month - 1]
    if style == "month":
        return f"{month} {day.year}"
    number = "1er" if names.french and day.day == 1 else str(day.day)
    text = f"{number} {month}"
    if wide or with_year or style == "medium":
        text = f"{text} {day.year}"
    if style not in ("weekday", "full"):
        return text
    return f"{(names.weekdays if wide else names.short_weekdays)[day.weekday()]} {text}"


def format_time(at: time, *, language: str | None = None) -> str:
    """`10h`, `10h30` / `10:00`."""
    if (language or current_language()) != "fr":
        return f"{at:%H:%M}"
    return f"{at.hour}h{at.minute:02}" if at.minute else f"{at.hour}h"


def format_when(
    when: Moment, style: DateStyle = "short", *, as_of: date | None = None, language: str | None = None
) -> str:
    """A day and its time when it has one: `12/10 10h` / `12 Oct 10:00`.

    The styles are those of `format_date`; with `long` and `full` it reads `… à 10h` / `… at 10:00`.
    """
    day = format_date(when.day, style, as_of=as_of, language=language)
    if when.time is None:
        return day
    at = format_time(when.time, language=language)
    if style not in ("long", "full"):
        return f"{day} {at}"
    with use_language(language or current_language()):
        return _("{day} at {time}").format(day=day, time=at)


def format_relative(day: date, as_of: date, *, language: str | None = None) -> str:
    """`today`, `tomorrow`, `yesterday`, `in 3 days`, `3 days ago`, seen from `as_of`."""
    distance = (day - as_of).days
    with use_language(language or current_language()):
        if distance == 0:
            return _("today")
        if distance == 1:
            return _("tomorrow")
        if distance == -1:
            return _("yesterday")
        if distance > 0:
            return ngettext("in {count} day", "in {count} days", distance).format(count=distance)
        return ngettext("{count} day ago", "{count} days ago", -distance).format(count=-distance)
