"""Calendar text (RFC 5545): the handful of properties an entry here has, escaped and folded as the standard asks.

icalendar's component tree costs two milliseconds an entry; a board of thousands is subscribed to and rebuilt daily.
The rules of the timezone are icalendar's, and how a backslash is escaped: to load it takes longer than a calendar, so
it is asked for these alone.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import TZPATH

from kanban.render.plan import digest, installed

CRLF = "\r\n"
_LONGEST_LINE = 75
_INSIDE_CHARACTER = 0x80
_UNPRINTABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Control characters, and what some readers of calendars take for the end of a line: a property would begin there."""
_ESCAPES = {ord(";"): "\\;", ord(","): "\\,", ord("\n"): "\\n"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One event. `start` and `end` are days (then it lasts up to but not with `end`), or times in the timezone.

    `alarm` is when to remind, as a duration from the start (`-PT15M`); "" for never.
    """

    uid: str
    stamp: datetime
    start: date
    end: date
    summary: str
    description: str = ""
    busy: bool = True
    rule: str = field(default="", kw_only=True)
    url: str = field(default="", kw_only=True)
    alarm: str = field(default="", kw_only=True)


def calendar_text(name: str, timezone: str, zone_text: str, entries: Iterable[str]) -> bytes:
    """The whole calendar of written entries; `zone_text` is the timezone's component, needed where one has a time."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//git-kanban//site//EN", "METHOD:PUBLISH"]
    lines += [_line("X-WR-CALNAME", _escaped(name)), _line("X-WR-TIMEZONE", timezone)]
    head = CRLF.join(lines) + CRLF + zone_text
    return (head + "".join(entries) + f"END:VCALENDAR{CRLF}").encode()


def zone_key(timezone: str, year: int) -> str:
    """A digest of all that a timezone's component is made from; "" where its rules are no file of the system's."""
    for folder in TZPATH:
        with suppress(OSError):
            rules = (Path(folder) / timezone).read_bytes()
            return digest("zone", timezone, year, rules, installed("icalendar", "icalendar"))
    return ""


def zone_component(timezone: str, year: int) -> str:
    """The rules of a timezone from the year before to five years after: a component of its own."""
    from icalendar import Timezone

    made = Timezone.from_tzid(timezone, first_date=date(year - 1, 1, 1), last_date=date(year + 5, 1, 1))
    return bytes(made.to_ical()).decode()


def entry_text(entry: Entry, timezone: str) -> str:
    """One event as it stands in a calendar; its times are the timezone's."""
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
    if entry.url:
        lines.append(_line("URL", entry.url))
    if entry.alarm:
        alarm = ("BEGIN:VALARM", "ACTION:DISPLAY", _line("DESCRIPTION", _escaped(entry.summary)))
        lines += [*alarm, f"TRIGGER:{entry.alarm}", "END:VALARM"]
    return CRLF.join([*lines, "END:VEVENT", ""])


def _moment(name: str, value: date, timezone: str) -> str:
    if isinstance(value, datetime):
        return _line(f"{name};TZID={timezone}", f"{value:%Y%m%dT%H%M%S}")
    return f"{name};VALUE=DATE:{value:%Y%m%d}"


def _escaped(text: str) -> str:
    """The text as a value: backslash, comma, semicolon and line ends escaped, other control characters left out."""
    plain = _UNPRINTABLE.sub("", text)
    if "\\" not in plain:
        return plain.translate(_ESCAPES)
    from icalendar import vText

    return str(vText(plain).to_ical().decode())


def _line(name: str, value: str) -> str:
    """One content line, folded so that no line is longer than 75 bytes; a character is never cut."""
    whole = f"{name}:{value}"
    data, parts, room = whole.encode(), [], _LONGEST_LINE
    if len(data) <= room:
        return whole
    while len(data) > room:
        cut = room
        while data[cut] & 0xC0 == _INSIDE_CHARACTER:
            cut -= 1
        parts.append(data[:cut].decode())
        data, room = data[cut:], _LONGEST_LINE - 1
    return f"{CRLF} ".join([*parts, data.decode()])
