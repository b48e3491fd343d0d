"""Progress is for people who wait at a terminal, and for nobody else."""

from __future__ import annotations

import io

import pytest

from kanban.commands.base import progress
from kanban.commands.base.progress import HistoryProgress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", 0)
    monkeypatch.setattr(progress, "_INTERVAL", 0)
    monkeypatch.setenv("TERM", "xterm")


def test_on_a_terminal_it_counts_and_then_disappears() -> None:
    stream = Terminal()
    with HistoryProgress(stream) as told:
        told(1)
        told(12000)
    assert stream.getvalue() == (
        "\r\x1b[Kreading the history: 1 commit\r\x1b[Kreading the history: 12000 commits\r\x1b[K"
    )


def test_it_disappears_when_interrupted_too() -> None:
    stream = Terminal()

    def interrupted() -> None:
        with HistoryProgress(stream) as told:
            told(5)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert stream.getvalue().endswith("\r\x1b[K")


def test_elsewhere_or_when_it_is_quick_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    piped, dumb, quick = io.StringIO(), Terminal(), Terminal()
    with HistoryProgress(piped) as told:
        told(5)
    monkeypatch.setattr(progress, "_PATIENCE", 60)
    with HistoryProgress(quick) as told:
        told(5)
    monkeypatch.setattr(progress, "_PATIENCE", 0)
    monkeypatch.setenv("TERM", "dumb")
    with HistoryProgress(dumb) as told:
        told(5)
    assert piped.getvalue() == dumb.getvalue() == quick.getvalue() == ""
