"""Boards of both presets in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Kanban
from tests.sheet.stage import BOARDS, DAY, LANGUAGES, Stage, staged


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is ten o'clock on the day of the tests, for the board and for git."""
    monkeypatch.setenv("KANBAN_AS_OF", DAY)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_DATE", f"{DAY}T10:00:00+02:00")


@pytest.fixture(params=BOARDS, ids=["-".join(one) for one in BOARDS])
def stage(request: pytest.FixtureRequest, tmp_path: Path, kanban: Kanban, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """A board of each preset, in each language, on the day of the tests."""
    found = staged(tmp_path / "board", kanban, *request.param)
    monkeypatch.chdir(found.folder.root)
    return found


@pytest.fixture(params=LANGUAGES)
def b2b(request: pytest.FixtureRequest, tmp_path: Path, kanban: Kanban, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """A B2B board in each language, on the day of the tests."""
    found = staged(tmp_path / "board", kanban, "b2b", request.param)
    monkeypatch.chdir(found.folder.root)
    return found
