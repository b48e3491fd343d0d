"""The past is read before the files are: what is told is the same, also where cards had other names before."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

import pytest

from kanban import beside
from kanban.commands.check.inputs import begun, reading
from kanban.repository.read import following, log
from tests.boards import FIVE_COLUMNS, card_text
from tests.conftest import GitFolder, Kanban

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing is forked here")
US = os.getpid()


@pytest.fixture
def board(git_folder: GitFolder, monkeypatch: pytest.MonkeyPatch) -> GitFolder:
    """Cards that have been where they stand for weeks, one of them under another name."""
    for module in (log, begun):
        monkeypatch.setattr(module, "WORTH_BEGINNING", 2)
    monkeypatch.setattr(beside, "processors", lambda: 2)
    monkeypatch.setattr(beside.threading, "active_count", lambda: 1)  # workers of the tests have threads of their own
    git_folder.write("board.yml", FIVE_COLUMNS)
    for number in range(4):
        git_folder.write(f"offre/old-{number}.md", card_text(account=f"ACME {number}"))
    git_folder.commit(date="2026-08-01T10:00:00+02:00")
    git_folder.git("mv", "offre/old-1.md", "offre/new.md")
    git_folder.write("offre/new.md", card_text(account="ACME 1", formerly="[old-1]"))
    git_folder.commit(date="2026-09-01T10:00:00+02:00")
    return git_folder


@pytest.fixture
def order(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was begun and read, in its order."""
    seen: list[str] = []

    def noted(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def told(*asked: object) -> object:
            seen.append(name)
            return real(*asked)

        return told

    for module, name in ((reading, "read_folder"), (log, "Beside")):
        monkeypatch.setattr(module, name, noted(name, getattr(module, name)))
    return seen


CALL = ("lint", "--json", "--as-of", "2026-10-05")


def test_the_past_is_begun_before_the_files_are_read(
    board: GitFolder, kanban: Kanban, order: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = kanban("--no-cache", "-C", board.root, *CALL)
    assert order == ["Beside", "read_folder"]
    stale = [one["card"] for one in told.json["findings"] if one["code"] == "KB503"]
    assert stale == ["new", "old-0", "old-2", "old-3"]
    monkeypatch.setattr(beside, "processors", lambda: 1)
    assert told == kanban("--no-cache", "-C", board.root, *CALL)
    assert order[2:] == ["read_folder"]
    assert told == kanban("-C", board.root, *CALL)


def test_a_killed_process_changes_nothing(board: GitFolder, kanban: Kanban, monkeypatch: pytest.MonkeyPatch) -> None:
    told = kanban("--no-cache", "-C", board.root, *CALL)
    follow = following.follow

    def killed(*asked: object) -> object:
        if os.getpid() != US:
            os.kill(os.getpid(), signal.SIGKILL)
        return follow(*asked)  # type: ignore[arg-type] # as it is called

    monkeypatch.setattr(following, "follow", killed)
    assert told == kanban("--no-cache", "-C", board.root, *CALL)


@pytest.mark.parametrize("words", [("--select", "KB1"), ("--ignore", "KB5,KB312"), ("offre",)])
def test_rules_without_a_past_begin_nothing(
    board: GitFolder, kanban: Kanban, order: list[str], words: tuple[str, ...]
) -> None:
    kanban("--no-cache", "-C", board.root, "lint", *words, "--as-of", "2026-10-05")
    assert order[0] == "read_folder"
