"""The three clocks: what starts each, what ends it, and that they are three."""

from __future__ import annotations

import pytest

from kanban.metrics.base.clocks import clocks
from kanban.metrics.clock_days import Clocks
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.settings.board_yml import BoardConfig
from tests.metrics.telling import CONFIG, board_config, day, told

CASES = [
    # line | as of | age, column, idle
    ("p01-06", "01-06", Clocks(1, 0, 0)),
    ("p01-06", "01-07", Clocks(2, 1, 1)),
    ("p01-06 q01-08 =01-20", "01-31", Clocks(26, 23, 11)),
    ("p01-06 q01-08 p01-10", "01-31", Clocks(26, 21, 21)),
    ("p01-06 k01-10 p01-20", "01-31", Clocks(26, 11, 11)),
    ("p01-06 w01-10 =01-30", "01-31", Clocks(None, 21, 1)),
    ("p03-28 q03-29T23:30", "03-31", Clocks(4, 2, 2)),
    ("p01-06 q01-08 r01-20", "01-10", Clocks(5, 2, 2)),  # what comes later is not known yet
]


def board(config: BoardConfig = CONFIG) -> Board:
    return Board(config, (Card("a", "p", "p/a.md", "A"),))


@pytest.mark.parametrize(("line", "as_of", "expected"), CASES, ids=[case[0] for case in CASES])
def test_clocks(line: str, as_of: str, expected: Clocks) -> None:
    assert clocks(board(), told({"a": line}), day(as_of)) == {"a": expected}


def test_a_card_the_history_does_not_know_has_no_clocks() -> None:
    assert clocks(board(), told({"b": "p01-06"}), day("01-31")) == {}
    assert clocks(board(), told({"a": "p01-06"}), day("01-05")) == {}


def version(blob: str, body: str = "", **values: object) -> tuple[str, Card]:
    return blob, Card("a", "p", "p/a.md", "A", values=values, body=body)


EDITS = [
    # what the edit of 20 January changed | idle days on the 31st when only actions count
    (version("a-1", "call", next_action="Call"), 25),  # nothing: a typo elsewhere
    (version("a-1", "call", next_action="Mail"), 11),
    (version("a-1", "call again", next_action="Call"), 11),
    (version("a-1", "  call\n", next_action="Call"), 25),  # white space is no note
    (version("a-9", "call", next_action="Call"), 11),  # the version is missing: any event counts
]


@pytest.mark.parametrize(("edit", "idle"), EDITS)
def test_a_board_may_count_only_actions(edit: tuple[str, Card], idle: int) -> None:
    versions = dict([version("a-0", "call", next_action="Call"), edit])
    history = told({"a": "p01-06 =01-20"})
    strict = board(board_config("policies: {idle_counts: actions}\n"))
    assert clocks(strict, history, day("01-31"), versions=versions)["a"].idle_days == idle
    assert clocks(board(), history, day("01-31"), versions=versions)["a"].idle_days == 11
