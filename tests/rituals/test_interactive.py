"""Walking through a ritual: each decision is the commit its own verb makes; nothing is done without an answer."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Kanban
from tests.rituals.conftest import TODAY


class Typed(io.StringIO):
    """Standard input on which somebody types."""

    def isatty(self) -> bool:
        return True


def commits(root: Path) -> list[str]:
    """Subjects of the commits made since the golden board, oldest first."""
    log = subprocess.run(
        ["git", "-C", str(root), "log", "--reverse", "--format=%s"], capture_output=True, text=True, check=True
    )
    return log.stdout.splitlines()[4:]


def test_the_daily_settles_what_is_decided(golden_board: Path, kanban: Kanban, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = ["u", "send the clause", "+2d", "n", "held, wants an offer", "", "+1d", "d", "demain", "x", "s", "q"]
    monkeypatch.setattr(sys, "stdin", Typed("\n".join(answers) + "\n"))
    answer = kanban("-C", golden_board, "daily", "--interactive", "--as-of", TODAY, "--lang", "en")
    assert answer.code == 0
    assert commits(golden_board) == ["bloque: unblock", "tenu: note", "retard: set next_action_date"]
    assert "3 items settled" in answer.out
    assert "next_action_date: 2026-10-06" in (golden_board / "offre" / "retard.md").read_text("utf-8")
    assert "blocked_cause" not in (golden_board / "offre" / "bloque.md").read_text("utf-8")


def test_a_refusal_is_told_and_asked_again(golden_board: Path, kanban: Kanban, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = ["s", "s", "d", "some day", "d", "demain", "q"]
    monkeypatch.setattr(sys, "stdin", Typed("\n".join(answers) + "\n"))
    answer = kanban("-C", golden_board, "daily", "-i", "--as-of", TODAY, "--lang", "en")
    assert answer.code == 0
    assert "`some day` is not a date" in answer.err
    assert commits(golden_board) == ["retard: set next_action_date"]


def test_nothing_is_parked_without_a_yes(golden_board: Path, kanban: Kanban, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Typed("\n" * 20))
    kanban("-C", golden_board, "weekly", "--interactive", "--as-of", TODAY)
    assert commits(golden_board) == []
    monkeypatch.setattr(sys, "stdin", Typed("p\np\nq\n"))
    kanban("-C", golden_board, "weekly", "--interactive", "--as-of", TODAY)
    assert commits(golden_board) == ["dort: prospects → nurturing", "pret: qualifies → rdv"]


@pytest.mark.parametrize("more", [[], ["--json"], ["--markdown"]])
def test_nobody_is_asked_without_a_terminal(golden_board: Path, kanban: Kanban, more: list[str]) -> None:
    answer = kanban("-C", golden_board, "daily", "--interactive", *more)
    assert (answer.code, answer.out) == (2, "")


@pytest.mark.slow
def test_on_a_real_terminal(golden_board: Path) -> None:
    leader, follower = pty.openpty()
    command = [
        sys.executable,
        "-m",
        "kanban",
        "-C",
        str(golden_board),
        "weekly",
        "-i",
        "--as-of",
        TODAY,
        "--lang",
        "en",
    ]
    process = subprocess.Popen(command, stdin=follower, stdout=follower, stderr=follower, env=dict(os.environ))
    os.close(follower)
    os.write(leader, b"p\nq\n")
    said = b""
    try:
        while chunk := os.read(leader, 4096):
            said += chunk
    except OSError:
        pass  # the terminal is closed when the process ends
    assert process.wait(timeout=60) == 0
    assert b"1 item settled" in said
    assert commits(golden_board) == ["dort: prospects → nurturing"]
