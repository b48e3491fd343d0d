"""Meetings from a calendar (`.ics`), as messages between those who take part: filed as mails are."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, tzinfo
from typing import Any

from kanban.i18n import _
from kanban.imports.mail.message import Mail, Unread, key_of
from kanban.imports.mail.text_of import first_lines
from kanban.imports.tables.sheet import decoded
from kanban.model.typed.dates import EARLIEST_YEAR, LATEST_YEAR


def read_meetings(name: str, data: bytes, zone: tzinfo, now: datetime) -> Iterator[Mail | Unread]:
    """Every meeting of a calendar; one that repeats is its first day, one that was cancelled is passed over.

    Of one that was sent several times (the same UID, and day of a series) the last version counts.
    """
    from icalendar import Calendar

    text = decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    try:
        with warnings.catch_warnings():  # about names of timezones, which are read all the same
            warnings.simplefilter("ignore")
            found = [(one, event) for one in Calendar.from_ical(text, multiple=True) for event in one.walk("VEVENT")]
    except (ValueError, IndexError, KeyError, TypeError):
        found = []
    if not found:
        yield Unread(name, _("there is no meeting in it, or its end is missing"))
    last = {_which(event) or number: number for number, (_calendar, event) in sorted(enumerate(found, 1), key=_version)}
    for number, (calendar, event) in enumerate(found, 1):
        if last[_which(event) or number] != number:
            continue
        place = f"{name}#{number}"
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                yield _meeting(place, event, zone, now, cancelled=_first(calendar, "method").upper() == "CANCEL")
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
            yield Unread(place, _("it cannot be read: {reason}").format(reason=error))


def _which(event: Any) -> tuple[str, str] | None:
    """Which meeting it is; None for one that says no UID."""
    uid, day = _first(event, "uid"), event.get("recurrence-id")
    return (uid, day.to_ical().decode() if hasattr(day, "to_ical") else "") if uid else None


def _version(numbered: tuple[int, tuple[Any, Any]]) -> tuple[int, int]:
    number, (_calendar, event) = numbered
    return _sequence(event), number


def _sequence(event: Any) -> int:
    told = _first(event, "sequence")
    return int(told) if told.isdecimal() and len(told) < 10 else 0


def _first(component: Any, key: str) -> str:
    """A text of a component, on one line; the first where there are several."""
    value = component.get(key, "")
    return " ".join(str(value[0] if isinstance(value, list) else value).split())


def _meeting(place: str, event: Any, zone: tzinfo, now: datetime, *, cancelled: bool) -> Mail:
    if "dtstart" not in event:
        raise ValueError(_("it has no date"))
    told = event["dtstart"]
    try:
        start = (told[0] if isinstance(told, list) else told).dt
    except (AttributeError, ValueError):  # the library keeps what it cannot read
        start = None
    if not isinstance(start, date) or not EARLIEST_YEAR <= start.year <= LATEST_YEAR:
        raise ValueError(_("it has no date"))
    at = _moment(start, told, zone)
    ahead = at > now
    summary = _first(event, "summary")
    uid = _first(event, "uid") or summary
    people = event.get("attendee", [])
    people = people if isinstance(people, list) else [people]
    organizer = event.get("organizer")
    addresses = [str(one).partition(":")[2].casefold() for one in (*([organizer] if organizer else []), *people)]
    addresses = [one for one in addresses if "@" in one]
    where = _first(event, "location")
    told = event.get("description", "")
    text = str(told[0] if isinstance(told, list) else told)
    return Mail(
        place,
        key_of(f"{uid} {at.isoformat()} {'ahead' if ahead else 'held'}"),
        (),
        at,
        addresses[0] if addresses else "",
        "",
        tuple(dict.fromkeys(addresses[1:])),
        summary,
        (*((where,) if where else ()), *first_lines(text))[:2],
        text,
        cancelled or _first(event, "status").upper() == "CANCELLED",
        "meeting",
        ahead,
        not isinstance(start, datetime),
        revised=_sequence(event) > 0,
    )


def _moment(start: date | datetime, told: Any, zone: tzinfo) -> datetime:
    """When it begins, on the board's clock. Raises ValueError for an hour of a timezone that nobody knows."""
    if not isinstance(start, datetime):
        return datetime.combine(start, time(), zone)
    named = getattr(told, "params", {}).get("TZID")
    if named and start.tzinfo is None:
        raise ValueError(_("its timezone `{zone}` is unknown").format(zone=named))
    return (start if start.tzinfo else start.replace(tzinfo=zone)).astimezone(zone)
