"""Days and times: what a person types at the command line or in a card, and the text that is written to a card."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, time, timedelta

from kanban.i18n import _
from kanban.i18n.date_formats import format_date
from kanban.i18n.near_year import DUE_PAST_DAYS, near_year
from kanban.model.typed.day_forms import CalendarDay, DayForm, TwoDays, day_form, read_clock, split_clock
from kanban.model.typed.day_sayings import beginning_of, corrected, in_known_words
from kanban.model.typed.relative_days import RelativeDay, weekday_named
from kanban.model.typed.result import Read, shown, unaccented
from kanban.model.typed.values import When
from kanban.patterns import pattern

EARLIEST_YEAR, LATEST_YEAR = 1900, 2199
_LONGEST = 60
_ISO = pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2})?")
_YEAR_FIRST = pattern(r"[0-9]{4}")
_ISO_OFFSET = pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[t ].*[0-9] ?(?:z|[+-][0-9]{2}:?[0-9]{2})")
_OR = pattern(r",? (?:or|ou) ")
_WEEK_OR_HALF = pattern(r"((?:(?:en )?(?:debut|mi|fin)(?: de| du|-)? ?)?)s([12](?: (?:de )?20[0-9]{2})?)")
_ISO_T = pattern(r"(?<=^[0-9]{4}-[0-9]{2}-[0-9]{2})t")


def read_when(text: str, *, today: date, language: str) -> Read[When]:
    """Read a day, with or without a time, as typed at the command line on the day `today`.

    Understood in both languages: ISO (`2026-10-12 10:00`), `12/10 10h`, `12 octobre`, `Oct 12 2pm`, `lun. 12 oct.`,
    `demain 10:00`, `next monday`, `+7d`, `J+7`, `dans 3 jours`, `fin octobre`, `end of month`. A French board puts the
    day first; on an English board `10/12` is refused. A day without a year is the first such day no more than 182 days
    before `today`; a weekday is the next one strictly after `today`.

    Problem codes: `date-unreadable`, `date-ambiguous`, `date-impossible`, `date-implausible` (a year before 1900 or
    after 2199), `date-weekday` (not the weekday written beside it), `date-with-offset`, `time-impossible`.
    """
    return _said(text, language, today, due=False)


def read_due_when(text: str, *, today: date, language: str) -> Read[When]:
    """As `read_when`, where something is still to be done: without a year no more than 31 days before `today`."""
    return _said(text, language, today, due=True)


def read_past_when(text: str, *, today: date, language: str) -> Read[When]:
    """As `read_when`, where a past day is meant: a weekday alone is the last such day, today included."""
    named = weekday_named(unaccented(text)) if len(text) <= _LONGEST else None
    if named is not None:
        return Read(When(today - timedelta(days=(today.weekday() - named) % 7)))
    return read_when(text, today=today, language=language)


def read_card_when(text: str, language: str, *, anchor: date | None = None) -> Read[When]:
    """Read a day, with or without a time, as it stands in a card file, where it must mean the same day for ever.

    As `read_when`, but a word such as `demain` is refused (`date-relative`), and a day without a year is the one
    nearest to `anchor`, the reference day of the file; without an anchor it is refused (`date-without-year`).
    """
    return _read(text, language, anchor, relative=False)


def write_when(when: When) -> str:
    """The canonical text for a card, read back as the same value: `2026-10-12`, `2026-10-12T10:00`."""
    return when.isoformat()


def _said(text: str, language: str, today: date, *, due: bool) -> Read[When]:
    """What was typed; of a span of hours (`mardi 14h-15h`) its beginning is asked for."""
    found = _read(text, language, today, relative=True, due=due)
    begins, _span = beginning_of(text) if found.code == "date-unreadable" and len(text) <= _LONGEST else ("", "")
    if begins and _read(begins, language, today, relative=True, due=due).value is not None:
        return _meant(found.message, begins)
    return found


def _read(text: str, language: str, reference: date | None, *, relative: bool, due: bool = False) -> Read[When]:
    if _ISO.fullmatch(text):
        try:
            day = date.fromisoformat(text[:10])
            if EARLIEST_YEAR <= day.year <= LATEST_YEAR:
                return Read(When(day, time.fromisoformat(text[11:]) if text[10:] else None))
        except ValueError:
            pass  # said properly below
    folded = unaccented(text) if len(text) <= _LONGEST else ""
    if _ISO_OFFSET.fullmatch(folded):
        message = _("`{text}` names a timezone; times are in the board’s own").format(text=shown(text))
        return Read(None, "date-with-offset", message, _("write the local time, like 2026-10-12T10:00"))
    day_text, clock = _taken_apart(_ISO_T.sub(" ", folded), language)
    at = read_clock(clock) if clock else None
    if at is not None and not day_text:
        return _without_day(text, f"{at:%H:%M}", relative=relative)
    found = _read_day(text, day_text, language, reference, relative=relative, due=due)
    if not clock:
        return found
    if found.value is None:
        hour = f" {at:%H:%M}" if at is not None else ""
        readings = tuple(reading + hour for reading in found.readings)
        if found.code == "date-unreadable" and len(readings) == 1:
            return _meant(found.message, readings[0])
        if len(readings) == 2:
            cure = _("write {one} or {other}").format(one=readings[0], other=readings[1])
            return replace(found, readings=readings, cure=cure)
        return replace(found, readings=readings)
    if at is None:
        message = _("`{text}` is not a time of day").format(text=shown(clock))
        return Read(None, "time-impossible", message, _("write it like 10:00, from 00:00 to 23:59"))
    return Read(When(found.value.day, at))


def _taken_apart(folded: str, language: str) -> tuple[str, str]:
    """The text of the day and that of the time, in words that `day_form` knows, where there are such."""
    day_text, clock = split_clock(folded)
    if folded and day_form(day_text, language) is None:
        return split_clock(in_known_words(folded, language))
    return day_text, clock


def _without_day(text: str, clock: str, *, relative: bool) -> Read[When]:
    message = _("`{text}` has a time but no day").format(text=shown(text))
    if not relative:
        return Read(None, "date-unreadable", message, _("write the day before it, like 2026-10-12 10:00"))
    one, other = f"{_('today')} {clock}", f"{_('tomorrow')} {clock}"
    return Read(
        None, "date-unreadable", message, _("type `{one}` or `{other}`").format(one=one, other=other), (one, other)
    )


def _read_day(
    text: str, folded: str, language: str, reference: date | None, *, relative: bool, due: bool
) -> Read[When]:
    either = _either(text, folded, language, reference, due=due) if relative and reference else None
    if either is not None:
        return either
    form = day_form(folded, language)
    if due and reference is not None:
        form = _to_come(form, reference)
    if isinstance(form, TwoDays):
        return _ambiguous(text, form, reference)
    if isinstance(form, CalendarDay):
        return _resolved(text, form, reference)
    if isinstance(form, RelativeDay):
        return _relative(text, form, reference) if relative and reference else _relative_in_card(text)
    message = _("`{text}` is not a date").format(text=shown(text))
    meant = corrected(folded) if relative else ""
    if meant and day_form(meant, language) is not None:
        return _meant(message, meant)
    cure = _("write it like 2026-10-12, with a time like 2026-10-12 10:00")
    if relative:
        cure = _("write it like `tomorrow 10:00`, `Monday`, `12 Oct`, `+7d` or 2026-10-12")
    return Read(None, "date-unreadable", message, cure)


def _to_come(form: DayForm | None, today: date) -> DayForm | None:
    """The form with the year of what is due; a weekday beside the day tells the year by itself."""
    if isinstance(form, TwoDays):
        return replace(form, one=_due_year(form.one, today), other=_due_year(form.other, today))
    return _due_year(form, today) if isinstance(form, CalendarDay) else form


def _due_year(form: CalendarDay, today: date) -> CalendarDay:
    if form.year is not None or form.weekday is not None or not 1 <= form.month <= 12:
        return form
    return replace(form, year=near_year(form.month, form.day, today, DUE_PAST_DAYS))


def _either(text: str, folded: str, language: str, today: date, *, due: bool) -> Read[When] | None:
    """`lundi ou mardi` names two days, `S2` the second week or the second half of a year."""
    match = _WEEK_OR_HALF.fullmatch(folded)
    said = [f"{match[1]}{part}{match[2]}" for part in ("week ", "h")] if match else _OR.split(folded)
    if len(said) != 2:
        return None
    one, other = (_read_day(each, each, language, today, relative=True, due=due).value for each in said)
    if one is None or other is None:
        return None
    if one == other:
        return Read(one)
    message = _("`{text}` can be two days").format(text=shown(text))
    days = (one.isoformat(), other.isoformat())
    return Read(None, "date-ambiguous", message, _("write {one} or {other}").format(one=days[0], other=days[1]), days)


def _meant(message: str, reading: str) -> Read[When]:
    """A refusal with the one day that is nearly what was typed."""
    return Read(None, "date-unreadable", message, _("did you mean `{text}`?").format(text=reading), (reading,))


def _relative(text: str, form: RelativeDay, today: date) -> Read[When]:
    try:
        day = form.resolve(today)
    except (OverflowError, ValueError):
        return _implausible(text)
    if form.weekday is not None and form.weekday != day.weekday():
        return _another_weekday(text, day, form.weekday, today)
    return Read(When(day)) if EARLIEST_YEAR <= day.year <= LATEST_YEAR else _implausible(text)


def _relative_in_card(text: str) -> Read[When]:
    message = _("`{text}` means another day each day; a card needs a fixed date").format(text=shown(text))
    return Read(None, "date-relative", message, _("write the day itself, like 2026-10-12"))


def _ambiguous(text: str, form: TwoDays, reference: date | None) -> Read[When]:
    message = _("`{text}` can be two days: day first or month first").format(text=shown(text))
    one, other = (_iso(form.one, reference), _iso(form.other, reference))
    return Read(None, "date-ambiguous", message, _("write {one} or {other}").format(one=one, other=other), (one, other))


def _iso(form: CalendarDay, reference: date | None) -> str:
    """The day in ISO form; the year spelled as a placeholder when nothing tells it."""
    year = form.year
    if year is None and reference:
        year = near_year(form.month, form.day, reference)
    day = monthrange(year or 2001, form.month)[1] if form.last else form.day
    return f"{year if year else _('YYYY')}-{form.month:02}-{day:02}"


def _resolved(text: str, form: CalendarDay, reference: date | None) -> Read[When]:
    """The one day a form stands for, checked against the calendar and the weekday beside it."""
    if not 1 <= form.month <= 12 or not (form.last or 1 <= form.day <= monthrange(2000, form.month)[1]):
        return _impossible(text, form, reference)
    if form.year is None and reference is None:
        message = _("`{text}` has no year").format(text=shown(text))
        cure = _("write it with its year: {iso}").format(iso=_iso(form, None))
        return Read(None, "date-without-year", message, cure)
    year = form.year if form.year is not None else near_year(form.month, form.day, reference or date.min)
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return _implausible(text)
    try:
        day = date(year, form.month, monthrange(year, form.month)[1] if form.last else form.day)
    except ValueError:
        message = _("there is no 29 February in {year}").format(year=year)
        cure = _("write {one} or {other}").format(one=f"{year}-02-28", other=f"{year}-03-01")
        return Read(None, "date-impossible", message, cure)
    if form.weekday is not None and form.weekday != day.weekday():
        return _another_weekday(text, day, form.weekday, reference)
    return Read(When(day))


def _another_weekday(text: str, day: date, weekday: int, reference: date | None) -> Read[When]:
    """Meant is that day, or the next one of that name."""
    message = _("`{text}`: in the calendar that is {day}").format(text=shown(text), day=format_date(day, "full"))
    readings = [day]
    if reference is not None:
        readings.append(reference + timedelta(days=(weekday - reference.weekday() - 1) % 7 + 1))
    cure = _("check the date, or leave the weekday out")
    days = tuple(one.isoformat() for one in readings)
    if len(days) > 1:
        cure = _("write {one} or {other}").format(one=days[0], other=days[1])
    return Read(None, "date-weekday", message, cure, days)


def _impossible(text: str, form: CalendarDay, reference: date | None) -> Read[When]:
    message = _("`{text}` is not in the calendar").format(text=shown(text))
    if form.month > 12 and 1 <= form.day <= 12 and not _YEAR_FIRST.match(text.strip()):
        cure = _("the day comes first here, then the month: {day}/{month}")
        return Read(None, "date-impossible", message, cure.format(day=form.month, month=form.day))
    if 1 <= form.month <= 12 and 29 <= form.day <= 31:
        last = replace(form, last=True)
        first = CalendarDay(form.year, form.month + 1, 1) if form.month < 12 else form  # December has all its days
        cure = _("write {one} or {other}").format(one=_iso(last, reference), other=_iso(first, reference))
        return Read(None, "date-impossible", message, cure)
    return Read(None, "date-impossible", message, _("check the day and the month"))


def _implausible(text: str) -> Read[When]:
    message = _("`{text}` lies too far away").format(text=shown(text))
    cure = _("write a year from {first} to {last}").format(first=EARLIEST_YEAR, last=LATEST_YEAR)
    return Read(None, "date-implausible", message, cure)
