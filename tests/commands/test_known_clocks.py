"""The days behind cards' clocks are kept from head to head, and each is the one that the history tells."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from kanban.commands.base import day_shown
from tests.boards import FIVE_COLUMNS, card_text
from tests.conftest import GitFolder, Kanban

DAY = ("--as-of", "2026-10-05")
ACTIONS = FIVE_COLUMNS + "policies: {idle_counts: actions}\n"


@pytest.fixture
def board(git_folder: GitFolder) -> GitFolder:
    git_folder.write("board.yml", ACTIONS)
    for name in "abc":
        git_folder.write(f"offre/{name}.md", card_text(next_action="call"))
    git_folder.commit(date="2026-09-01T10:00:00+02:00")
    return git_folder


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many cards' clocks were read from the history, each time it was read for them."""
    counts: list[int] = []
    ask: Callable[..., Any] = day_shown._read

    def noted(session: Any, cards: Any) -> Any:
        counts.append(len(session.board.cards if cards is None else list(cards)))
        return ask(session, cards)

    monkeypatch.setattr(day_shown, "_read", noted)
    return counts


def ages(kanban: Kanban, board: GitFolder, *words: str) -> dict[str, tuple[int, int, int]]:
    told = json.loads(kanban("-C", board.root, *words, "list", "--json", *DAY).out)
    return {one["card"]: (one["age_days"], one["column_days"], one["idle_days"]) for one in told["cards"]}


def test_what_is_known_is_not_read_again(kanban: Kanban, board: GitFolder, read: list[int]) -> None:
    first = ages(kanban, board)
    assert first == dict.fromkeys("abc", (35, 34, 34))
    assert (ages(kanban, board), read) == (first, [3])


def test_after_a_commit_the_cards_that_it_touched_are_read(kanban: Kanban, board: GitFolder, read: list[int]) -> None:
    ages(kanban, board)
    board.write("offre/b.md", card_text(next_action="write"))
    board.commit(date="2026-09-30T10:00:00+02:00")
    assert ages(kanban, board)["b"] == (35, 34, 5)
    assert read == [3, 1]


@pytest.mark.parametrize(
    "change",
    [
        lambda board: board.git("commit", "-q", "--amend", "-m", "x", date="2026-09-02T10:00:00+02:00"),
        lambda board: (board.git("mv", "offre/a.md", "rdv/a.md"), board.commit(date="2026-09-20T10:00:00+02:00")),
        lambda board: (board.git("mv", "offre/a.md", "gagne/a.md"), board.commit(date="2026-09-20T10:00:00+02:00")),
        lambda board: board.write("board.yml", FIVE_COLUMNS),
        lambda board: board.write("board.yml", "timezone: Pacific/Auckland\n" + ACTIONS),
        lambda board: board.write("offre/new.md", card_text()),
        lambda board: (board.root / "offre/a.md").rename(board.root / "rdv/a.md"),
        lambda board: (board.git("checkout", "-q", "--orphan", "other"), board.commit(date="2026-09-12T10:00:00+02:00")),
        lambda board: (board.root / ".git/kanban/index.sqlite").write_bytes(b"no index"),
        lambda board: (board.root / ".git/shallow").write_text(board.git("rev-parse", "HEAD")),
    ],
)  # fmt: skip
def test_whatever_happens_the_answer_is_the_one_without_an_index(
    kanban: Kanban, board: GitFolder, change: Callable[[GitFolder], object]
) -> None:
    for folder in ("rdv", "gagne"):
        (board.root / folder).mkdir(exist_ok=True)
    ages(kanban, board)
    change(board)
    assert ages(kanban, board) == ages(kanban, board) == ages(kanban, board, "--no-cache")


def test_a_day_before_the_last_change_is_a_day_of_the_past(kanban: Kanban, board: GitFolder) -> None:
    board.write("offre/b.md", card_text(next_action="write"))
    board.commit(date="2026-09-30T10:00:00+02:00")
    told = [
        kanban("-C", board.root, *words, "list", "--as-of", day)
        for day in ("2026-10-05", "2026-09-29", "2026-10-05", "2026-09-01", "2026-09-30")
        for words in ((), ("--no-cache",))
    ]
    assert told[::2] == told[1::2]
    assert told[2] != told[0]
