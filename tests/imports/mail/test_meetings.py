"""Calendars in whatever form a program wrote them: when a meeting was, and which of them count."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from kanban.imports.mail.meetings import read_meetings
from kanban.imports.mail.message import Unread

ZONE = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 30, 9, tzinfo=ZONE)
OWN_ZONE = "BEGIN:VTIMEZONE\nTZID:Ours\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:-0500\nTZOFFSETTO:-0500\nEND:STANDARD\nEND:VTIMEZONE\n"


def calendar(told: str, before: str = "") -> str:
    event = f"BEGIN:VEVENT\nUID:u1\nSUMMARY:Demo\nATTENDEE:mailto:a@x.example\n{told}\nEND:VEVENT\n"
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{before}{event}END:VCALENDAR\n"


UTC = calendar("DTSTART:20261012T080000Z")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (UTC, "2026-10-12 10:00"),
        (UTC.replace("\n", "\r\n"), "2026-10-12 10:00"),
        (UTC.replace("\n", "\r"), "2026-10-12 10:00"),
        (f"\ufeff{UTC}", "2026-10-12 10:00"),
        (UTC.encode("utf-16"), "2026-10-12 10:00"),
        (UTC.replace("Demo", "Réunion").encode("cp1252"), "2026-10-12 10:00"),
        (UTC * 2, "2026-10-12 10:00"),
        (calendar("DTSTART;VALUE=DATE:20261012"), "2026-10-12"),
        (calendar('DTSTART;TZID="Romance Standard Time":20261012T100000'), "2026-10-12 10:00"),
        (calendar("DTSTART;TZID=Eastern Standard Time:20261012T100000"), "2026-10-12 16:00"),
        (calendar("DTSTART;TZID=Ours:20261012T100000", OWN_ZONE), "2026-10-12 17:00"),
        (calendar("DTSTART;TZID=Mars/Olympus:20261012T100000"), "its timezone `Mars/Olympus` is unknown"),
        (calendar("DTSTART:20261012T100000"), "2026-10-12 10:00"),
        (calendar("DTSTART:20260112T080000Z\nRRULE:FREQ=WEEKLY"), "2026-01-12 09:00"),
        (calendar("DTSTART:20261012T080000Z\nSTATUS:CANCELLED"), "passed over"),
        (calendar("DTSTART:20261012T080000Z", "METHOD:CANCEL\n"), "passed over"),
        (calendar("DTSTART:20261012T080000Z\nDTSTART:20261013T080000Z"), "2026-10-12 10:00"),
        (calendar("DTSTART:2026foo"), "it has no date"),
        (calendar("DTSTART:00010101T000000"), "it has no date"),
        (calendar("X:y"), "it has no date"),
        (UTC + UTC.replace("1012T", "1014T").replace("UID", "SEQUENCE:2\nUID"), "2026-10-14 10:00"),
        (
            UTC.replace("UID", "SEQUENCE:3\nUID") + UTC.replace("1012T", "1014T").replace("UID", "SEQUENCE:2\nUID"),
            "2026-10-12 10:00",
        ),
        (UTC + UTC.replace("UID", "SEQUENCE:1\nSTATUS:CANCELLED\nUID"), "passed over"),
        (
            UTC + calendar("DTSTART:20261019T090000Z\nRECURRENCE-ID:20261019T080000Z"),
            "2026-10-12 10:00|2026-10-19 11:00",
        ),
        (UTC.replace("UID:u1\n", "") * 2, "2026-10-12 10:00|2026-10-12 10:00"),
        (UTC.replace("UID", "SEQUENCE:x\nUID"), "2026-10-12 10:00"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\n", "there is no meeting in it"),
        ("hello", "there is no meeting in it"),
        ("", "there is no meeting in it"),
    ],
)
def test_when_a_meeting_was(data: str | bytes, said: str) -> None:
    found = list(read_meetings("c.ics", data if isinstance(data, bytes) else data.encode(), ZONE, NOW))
    for one, wanted in zip(found, said.split("|"), strict=True):
        if isinstance(one, Unread):
            assert wanted in one.reason
        elif wanted == "passed over":
            assert one.automatic
        else:
            assert (f"{one.at:%Y-%m-%d}" if one.whole_day else f"{one.at:%Y-%m-%d %H:%M}") == wanted
            assert (one.subject, one.sender, one.automatic) in (
                ("Demo", "a@x.example", False),
                ("Réunion", "a@x.example", False),
            )
