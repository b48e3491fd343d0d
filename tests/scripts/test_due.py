"""Which mails are due, day by day, and the verb that writes them."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from kanban.scripts.due import due_mails
from kanban.scripts.values import meeting_of
from tests.boards import board_of, card_text
from tests.conftest import GitFolder, Kanban

CONFIG = "title: P\ncolumns: [{key: rdv, stage: meeting}, {key: offre, follow_up: [2, 7]}]\n"
EXAMPLE = Path(__file__).parent.parent.parent / "example-board"


@pytest.mark.parametrize(
    ("today", "due"),
    [
        ("2026-10-08", []),
        ("2026-10-09", ["meeting-reminder"]),  # Friday before a Monday meeting
        ("2026-10-11", ["meeting-reminder"]),
        ("2026-10-12", []),
    ],
)
def test_the_reminder_leaves_on_the_working_day_before(today: str, due: list[str]) -> None:
    board = board_of({"rdv/a.md": card_text(next_action_date="2026-10-12T10:00")}, CONFIG)
    assert [mail.script for mail in due_mails(board, date.fromisoformat(today), {})] == due


@pytest.mark.parametrize(
    ("path", "planned", "kept", "day"),
    [
        ("rdv/a.md", "2026-10-12T10:00", "2026-10-20", "2026-10-12"),
        ("rdv/a.md", "2026-10-12", "2026-10-20", "2026-10-20"),  # a day without an hour is no meeting
        ("offre/a.md", "2026-10-12T10:00", "2026-10-20", "2026-10-20"),  # nor is a step elsewhere
        ("rdv/a.md", "", "2026-10-20", "2026-10-20"),
        ("rdv/a.md", "2026-10-12", "", None),
    ],
)
def test_a_meeting_is_the_step_with_an_hour_in_its_column_else_the_date_kept(
    path: str, planned: str, kept: str, day: str | None
) -> None:
    config = f"{CONFIG}fields: {{meeting_date: {{type: when}}}}\n"
    board = board_of({path: card_text(next_action_date=planned, meeting_date=kept)}, config)
    found = meeting_of(board, board.cards[0])
    assert (found and str(found.day)) == day


def test_no_reminder_twice_nor_for_a_day_without_an_hour() -> None:
    noted = card_text("## Notes\n\n### 2026-10-09\n\n- sent (meeting-reminder)\n", next_action_date="2026-10-12T10:00")
    board = board_of({"rdv/a.md": noted, "rdv/b.md": card_text(next_action_date="2026-10-12")}, CONFIG)
    assert due_mails(board, date(2026, 10, 9), {}) == ()


@pytest.mark.parametrize(
    ("today", "due"),
    [
        ("2026-09-25", []),
        ("2026-09-26", []),  # Saturday: D+2 moves to Monday
        ("2026-09-28", ["follow-up"]),
        ("2026-09-30", ["follow-up"]),  # late and nobody cared
        ("2026-10-01", ["follow-up-again"]),
    ],
)
def test_follow_ups_at_two_and_seven_days(today: str, due: list[str]) -> None:
    board = board_of({"offre/a.md": card_text(offer_date="2026-09-24", next_action_date="2026-09-28")}, CONFIG)
    assert [mail.script for mail in due_mails(board, date.fromisoformat(today), {})] == due
    moved = board_of({"offre/a.md": card_text(next_action_date="2026-09-28")}, CONFIG)
    day = date.fromisoformat(today)
    since = (day - date(2026, 9, 24)).days
    assert [mail.script for mail in due_mails(moved, day, {"a": (since, since)})] == due


@pytest.mark.parametrize(
    "card",
    [
        card_text("## Notes\n\n### 2026-09-28\n\n- called\n", offer_date="2026-09-24"),
        card_text(offer_date="2026-09-24", next_action_date="2026-09-30"),
        card_text(offer_date="2026-09-24", next_action_date="2026-09-28", blocked_cause="law"),
    ],
)
def test_a_late_follow_up_is_not_due_when_somebody_cared(card: bytes) -> None:
    assert due_mails(board_of({"offre/a.md": card}, CONFIG), date(2026, 9, 29), {}) == ()


def test_a_step_planned_for_later_is_no_follow_up_made() -> None:
    later = card_text(offer_date="2026-09-24", next_action_date="2026-10-02")
    (mail,) = due_mails(board_of({"offre/a.md": later}, CONFIG), date(2026, 9, 29), {})
    assert (mail.script, mail.on) == ("follow-up", date(2026, 9, 28))


@pytest.fixture
def board(git_folder: GitFolder) -> Path:
    shutil.copytree(EXAMPLE, git_folder.root, dirs_exist_ok=True)
    git_folder.commit("board", date="2026-10-02T09:00:00+0200")
    return git_folder.root


def test_all_drafts_at_once(board: Path, tmp_path: Path, kanban: Kanban) -> None:
    folder = tmp_path / "drafts"
    answer = kanban("-C", board, "mail", "--due", "--write", folder, "--as-of", "2026-10-09", "--json")
    assert answer.code == 1
    rows = {row["card"]: row for row in answer.json["mails"]}
    assert rows["acme-sso"]["script"] == "meeting-reminder"
    assert Path(rows["acme-sso"]["file"]).read_bytes().startswith(b"From: ")
    lacking = [row for row in rows.values() if row["error"]]
    assert lacking
    assert all("contact_email" in row["error"] for row in lacking)
    mine = folder / "acme-sso.meeting-reminder.eml"
    mine.write_text("I changed it")
    kanban("-C", board, "mail", "--due", "--write", folder, "--as-of", "2026-10-09")
    assert mine.read_text() == "I changed it"


def test_logging_is_one_commit_and_the_mail_is_due_no_more(board: Path, kanban: Kanban) -> None:
    day = ("--as-of", "2026-10-09")
    answer = kanban("-C", board, "mail", "acme-sso", "meeting-reminder", "--eml", "-", "--log", *day)
    assert answer.code == 0
    assert answer.out.startswith("From:")
    assert "acme-sso" not in answer.out
    assert "(meeting-reminder)" in answer.err
    due = kanban("-C", board, "mail", "--due", "--json", *day).json["mails"]
    assert "acme-sso" not in [row["card"] for row in due]
    assert "- mail envoyé : Rappel d’un rendez-vous, la veille (meeting-reminder)" in (
        board / "rdv" / "acme-sso.md"
    ).read_text("utf-8")


def test_the_mails_of_a_past_day_are_those_of_its_cards(board: Path, kanban: Kanban) -> None:
    def due(day: str) -> list[str]:
        return [row["card"] for row in kanban("-C", board, "mail", "--due", "--json", "--as-of", day).json["mails"]]

    before = due("2026-10-09")
    assert "acme-sso" in before
    assert kanban("-C", board, "lose", "acme-sso", "--reason", "price", "--as-of", "2026-10-12").code == 0
    assert due("2026-10-09") == before, "it was open on that day"
    assert "acme-sso" not in due("2026-10-12")


def test_a_gesture_of_a_past_day_happened_on_that_day(board: Path, kanban: Kanban) -> None:
    ask = ("-C", board, "list", "--json", "--as-of")
    assert kanban("-C", board, "lose", "acme-sso", "--reason", "price", "--as-of", "2026-10-12").code == 0
    event = kanban("-C", board, "log", "acme-sso", "--json").out.splitlines()[-1]
    assert '"at": "2026-10-12T' in event.replace('":"', '": "')
    for day, there in (("2026-10-11", True), ("2026-10-12", False), ("2026-10-20", False)):
        assert ("acme-sso" in [card["card"] for card in kanban(*ask, day).json["cards"]]) == there, day


def test_a_boards_own_script_comes_first(board: Path, kanban: Kanban) -> None:
    assert kanban("-C", board, "script", "--copy", "price-objection").code == 0
    own = board / "scripts" / "price-objection.md"
    assert own.exists()
    own.write_text("---\nkind: talk\ntitle: Notre réponse\n---\nÀ {{ account }} : non.\n", "utf-8")
    answer = kanban("-C", board, "script", "acme-sso", "price-objection")
    assert answer.out == "Notre réponse\n\nÀ ACME SAS : non.\n"
    own.write_text("---\nkind: talk\n---\nx\n{{ missing_one }}\n", "utf-8")
    answer = kanban("-C", board, "script", "acme-sso", "price-objection")
    assert (answer.code, answer.out) == (2, "")
    assert "scripts/price-objection.md:5" in answer.err
    assert "acme-sso" in answer.err
    assert "missing_one" in answer.err
    assert kanban("-C", board, "script", "--copy", "price-objection").code == 2
