"""Calendar text (RFC 5545): the handful of properties an entry here has, escaped and folded as the standard asks.

icalendar's component tree costs two milliseconds an entry; a board of thousands is subscribed to and rebuilt daily.
Escaping and the rules of the timezone are icalendar's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

CRLF = "\r\n"
_LONGEST_LINE = 75


@dataclass(frozen=True, slots=True)
class Entry:
    """One event. `start` and `end` are days (then it lasts up to but not with `end`), or times in the timezone."""

    uid: str
    stamp: datetime
    start: date
    end: date
    summary: str
    description: str = ""
    busy: bool = True
    rule: str = field(default="", kw_only=True)


def calendar_text(name: str, timezone: str, zone_text: str, entries: list[Entry]) -> bytes:
    """The whole calendar; `zone_text` is the timezone's component, needed where an entry has a time."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//git-kanban//site//EN", "METHOD:PUBLISH"]
    lines += [_line("X-WR-CALNAME", _escaped(name)), _line("X-WR-TIMEZONE", timezone)]
    head = CRLF.join(lines) + CRLF + zone_text
    return (head + "".join(_entry(entry, timezone) for entry in entries) + f"END:VCALENDAR{CRLF}").encode()


def zone_component(timezone: str, year: int) -> str:
    """The rules of a timezone from the year before to five years after: a component of its own."""
    from icalendar import Timezone

    made = Timezone.from_tzid(timezone, first_date=date(year - 1, 1, 1), last_date=date(year + 5, 1, 1))
    return bytes(made.to_ical()).decode()


def _entry(entry: Entry, timezone: str) -> str:
    lines = [
        "BEGIN:VEVENT",
        _line("UID", entry.uid),
        _line("DTSTAMP", f"{entry.stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"),
        _moment("DTSTART", entry.start, timezone),
        _moment("DTEND", entry.end, timezone),
        _line("SUMMARY", _escaped(entry.summary)),
    ]
    if entry.description:
        lines.append(_line("DESCRIPTION", _escaped(entry.description)))
    if entry.rule:
        lines.append(_line("RRULE", entry.rule))
    if not entry.busy:
        lines.append("TRANSP:TRANSPARENT")
    return CRLF.join([*lines, "END:VEVENT", ""])


def _moment(name: str, value: date, timezone: str) -> str:
    if isinstance(value, datetime):
        return _line(f"{name};TZID={timezone}", f"{value:%Y%m%dT%H%M%S}")
    return f"{name};VALUE=DATE:{value:%Y%m%d}"


def _escaped(text: str) -> str:
    """The text as a value: backslash, comma, semicolon and line ends escaped, other control characters left out."""
    from icalendar import vText

    plain = "".join(one for one in text if one == "\n" or (ord(one) >= 0x20 and not 0xD800 <= ord(one) <= 0xDFFF))
    return str(vText(plain).to_ical().decode())


def _line(name: str, value: str) -> str:
    """One content line, folded so that no line is longer than 75 bytes; a character is never cut."""
    whole = f"{name}:{value}"
    if len(whole) <= 75 and whole.isascii():
        return whole
    parts, room = [""], _LONGEST_LINE
    for character in whole:
        size = len(character.encode())
        if size > room:
            parts.append("")
            room = _LONGEST_LINE - 1
        parts[-1] += character
        room -= size
    return f"{CRLF} ".join(parts)
