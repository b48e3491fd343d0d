"""What belongs to the daily and the weekly, on literal boards."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kanban.metrics.clock_days import Clocks
from kanban.paper.inert import inert
from kanban.rituals.daily import build_daily
from kanban.rituals.weekly import build_weekly
from tests.boards import TODAY, board_of, card_text
from tests.conftest import GitFolder, Kanban

CONFIG = """\
title: P
columns:
  - {key: prospects}
  - {key: rdv, wip: 1}
  - {key: offre}
  - {key: nurturing, kind: parked}
"""


def test_blocks_stand_first_and_nowhere_else_the_oldest_at_the_top() -> None:
    board = board_of(
        {
            "offre/young.md": card_text(blocked_since="2026-10-04", blocked_owner="Karim", owner="Zoé"),
            "offre/old.md": card_text(blocked_since="2026-09-01", next_action_date="2026-09-01", owner="Zoé"),
        },
        CONFIG,
    )
    daily = build_daily(board, None, {}, TODAY)
    assert [(one.card.id, one.days, one.who) for one in daily.blocks] == [("old", 34, "Zoé"), ("young", 1, "Karim")]
    assert daily.due == ()
    assert daily.changes is None
    assert [one.card.id for one in build_daily(board, None, {}, TODAY, owner="karim").blocks] == ["young"]


def test_a_meeting_of_today_is_due_one_of_yesterday_waits_for_its_outcome() -> None:
    board = board_of(
        {
            "rdv/today.md": card_text(next_action_date="2026-10-05T10:00"),
            "rdv/past.md": card_text(next_action_date="2026-10-02T10:00"),
        },
        CONFIG,
    )
    daily = build_daily(board, None, {}, TODAY)
    assert [one.card.id for one in daily.held] == ["past"]
    assert [task.card.id for task in daily.due] == ["today"]
    assert {room.column.key: room.places for room in daily.rooms} == {"offre": None, "rdv": 0}


def test_pulling_is_stopped_while_a_card_has_no_next_action() -> None:
    board = board_of({"prospects/a.md": card_text(next_action=""), "prospects/b.md": card_text()}, CONFIG)
    daily = build_daily(board, None, {}, TODAY)
    assert daily.pulling_stopped
    assert [card.id for card in daily.unplanned] == ["a"]
    assert [task.card.id for task in daily.attention] == ["a"]


def test_only_more_than_the_limit_is_proposed_for_parking() -> None:
    board = board_of({f"prospects/c{days}.md": card_text() for days in (30, 31)} | {"offre/x.md": card_text()}, CONFIG)
    clocks = {"c30": Clocks(40, 40, 30), "c31": Clocks(40, 40, 31), "x": Clocks(90, 90, 90)}
    weekly = build_weekly(board, clocks, TODAY)
    assert [(one.card.id, one.idle, one.limit) for one in weekly.purge] == [("c31", 31, 30)]
    assert not build_weekly(board, {}, TODAY).purge_known


def test_the_last_working_day_is_friday_on_a_monday() -> None:
    board = board_of({}, CONFIG)
    assert build_daily(board, None, {}, TODAY).since == date(2026, 10, 2)
    assert build_daily(board, None, {}, date(2026, 10, 6)).since == date(2026, 10, 5)


def test_markdown_mentions_nobody() -> None:
    assert inert("*@team* <b> #12 a\n# b") == "\\*@\u200bteam\\* &lt;b&gt; \\#\u200b12 a \\# b"


def test_a_shallow_clone_says_so_and_goes_on(golden_board: Path, tmp_path: Path, kanban: Kanban) -> None:
    clone = tmp_path / "clone"
    folder = GitFolder(tmp_path / "other")
    folder.git("clone", "-q", "--depth", "1", golden_board.as_uri(), str(clone))
    answer = kanban("-C", clone, "daily", "--as-of", "2026-10-05", "--json")
    assert (answer.code, answer.json["changes"]) == (0, None)
    assert "only part of the history" in answer.err or "qu’une partie" in answer.err
