"""Reminders: what is due, once each; a calendar that no field can break."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import icalendar
import pytest

from kanban.metrics.clock_days import Clocks
from kanban.rituals.reminders import calendar_file, reminders
from tests.boards import TODAY, board_of, card_text
from tests.conftest import Kanban
from tests.rituals.conftest import TODAY as DAY
from tests.rituals.conftest import Golden

CONFIG = """\
title: P
timezone: Europe/Paris
columns:
  - {key: prospects}
  - {key: rdv}
  - {key: negociation, escalate: 7}
  - {key: nurturing, kind: parked}
"""


@pytest.mark.parametrize(
    ("path", "fields", "kinds"),
    [
        ("prospects/a.md", {"next_action_date": "2026-10-05"}, ["action"]),
        ("prospects/a.md", {"next_action_date": "2026-10-06"}, []),
        ("rdv/a.md", {"next_action_date": "2026-10-05T10:00"}, ["meeting"]),
        ("rdv/a.md", {"next_action_date": "2026-10-02T10:00"}, ["outcome"]),
        ("rdv/a.md", {"blocked_since": "2026-10-01", "next_action_date": "2026-10-01"}, ["block"]),
        ("rdv/a.md", {"close_date": "2026-10-05"}, ["close"]),
        ("negociation/a.md", {}, ["escalation"]),
        ("negociation/a.md", {"escalated": "2026-10-01"}, []),
        ("nurturing/a.md", {"parked_until": "2026-10-05"}, ["wake"]),
        ("nurturing/a.md", {"parked_until": "2026-10-06", "next_action_date": "2026-01-01"}, []),
    ],
)
def test_what_is_due(path: str, fields: dict[str, str], kinds: list[str]) -> None:
    board = board_of({path: card_text(**fields)}, CONFIG)
    found = reminders(board, {"a": Clocks(9, 8, 1)}, TODAY)
    assert [one.kind for one in found] == kinds


def test_nothing_in_a_field_breaks_the_calendar() -> None:
    evil = '"x\\r\\nEND:VEVENT\\r\\nBEGIN:VEVENT\\r\\nSUMMARY:forged; a, b\\\\n"'
    fields = {"account": evil, "next_action": evil, "owner": evil, "next_action_date": "2026-10-05T10:00"}
    board = board_of({"rdv/a.md": card_text(**fields)}, CONFIG)
    data = calendar_file(board, reminders(board, {}, TODAY), TODAY, "board")
    events = list(icalendar.Calendar.from_ical(data).walk("VEVENT"))
    assert len(events) == 1
    assert b"\r\nSUMMARY:forged" not in data
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\r\nDTSTART:20261005T080000Z\r\n" in data


def test_the_same_day_gives_the_same_bytes_and_a_moved_meeting_keeps_its_identity() -> None:
    def made(when: str, today: date) -> tuple[bytes, list[str]]:
        board = board_of({"rdv/a.md": card_text(next_action_date=when)}, CONFIG)
        data = calendar_file(board, reminders(board, {}, today, days=30), today, "board")
        return data, [str(one["uid"]) for one in icalendar.Calendar.from_ical(data).walk("VEVENT")]

    first = made("2026-10-05T10:00", TODAY)
    assert made("2026-10-05T10:00", TODAY) == first
    assert made("2026-10-20T11:00", TODAY)[1] == first[1]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_reminders_as_text(golden: Golden, language: str) -> None:
    golden(f"remind.{language}.txt", "remind", "--days", "3", "--lang", language)


def test_the_exit_code_speaks_only_when_asked(golden_board: Path, kanban: Kanban) -> None:
    assert kanban("-C", golden_board, "remind", "--as-of", DAY).code == 0
    assert kanban("-C", golden_board, "remind", "--as-of", DAY, "--exit-code").code == 1
    quiet = kanban("-C", golden_board, "remind", "--as-of", DAY, "--exit-code", "--owner", "Nobody")
    assert (quiet.code, quiet.out) == (0, "")
