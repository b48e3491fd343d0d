"""Meetings from a calendar (`.ics`), as messages between those who take part: filed as mails are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, tzinfo
from typing import Any

from kanban.i18n import _
from kanban.imports.mail.message import Mail, Unread, first_lines, key_of


def read_meetings(name: str, data: bytes, zone: tzinfo, now: datetime) -> Iterator[Mail | Unread]:
    """Every meeting of a calendar; one that repeats is its first day, one that was cancelled is passed over."""
    from icalendar import Calendar

    try:
        events = list(Calendar.from_ical(data).walk("VEVENT"))
    except (ValueError, IndexError, KeyError, TypeError) as error:
        yield Unread(name, str(error) or type(error).__name__)
        return
    if not events:
        yield Unread(name, _("there is no meeting in it"))
    for number, event in enumerate(events, 1):
        place = f"{name}#{number}"
        try:
            yield _meeting(place, event, zone, now)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            yield Unread(place, _("it cannot be read: {reason}").format(reason=error))


def _meeting(place: str, event: Any, zone: tzinfo, now: datetime) -> Mail:
    if "dtstart" not in event:
        raise ValueError(_("it has no date"))
    start = event.decoded("dtstart")
    at = _moment(start, zone)
    ahead = at > now
    summary = " ".join(str(event.get("summary", "")).split())
    uid = str(event.get("uid", "")) or summary
    people = event.get("attendee", [])
    people = people if isinstance(people, list) else [people]
    organizer = event.get("organizer")
    addresses = [str(one).partition(":")[2].casefold() for one in (*([organizer] if organizer else []), *people)]
    addresses = [one for one in addresses if "@" in one]
    where = " ".join(str(event.get("location", "")).split())
    text = str(event.get("description", ""))
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
        str(event.get("status", "")).upper() == "CANCELLED",
        "meeting",
        ahead,
        not isinstance(start, datetime),
    )


def _moment(start: date | datetime, zone: tzinfo) -> datetime:
    if isinstance(start, datetime):
        return (start if start.tzinfo else start.replace(tzinfo=zone)).astimezone(zone)
    return datetime.combine(start, time(), zone)
