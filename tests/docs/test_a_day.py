"""docs/a-day.md is true in both languages: its twenty gestures run on the demo board, which is sound afterwards."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.conftest import Kanban
from tests.docs.console import run_guide

DOCS = Path(__file__).parent.parent.parent / "docs"
GUIDES = {"en": DOCS / "a-day.md", "fr": DOCS / "fr" / "a-day.md"}


@pytest.mark.sweep
@pytest.mark.slow
@pytest.mark.parametrize("language", list(GUIDES))
def test_a_day(
    tmp_path: Path, kanban: Kanban, monkeypatch: pytest.MonkeyPatch, update_golden: bool, language: str
) -> None:
    board = tmp_path / "demo"
    assert kanban("--lang", language, "demo", board, "--as-of", "2026-10-05").code == 0
    monkeypatch.setenv("KANBAN_AS_OF", "2026-10-05")
    for role in ("AUTHOR", "COMMITTER"):  # what is done on a day is seen on that day
        monkeypatch.setenv(f"GIT_{role}_DATE", "2026-10-05T11:00:00+02:00")
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Zoé")
    monkeypatch.setenv("COLUMNS", "120")
    (board / "notes.txt").write_text("mine, not committed\n")

    def call(arguments: list[str]) -> str:
        assert arguments[0] == "k"
        answer = kanban("-C", board, *arguments[1:])
        assert "Traceback" not in answer.err
        return answer.out + answer.err

    assert run_guide(GUIDES[language], call, update=update_golden) == []
    git = ["git", "-C", str(board)]
    assert (
        subprocess.run([*git, "status", "--porcelain"], capture_output=True, text=True, check=True).stdout
        == "?? notes.txt\n"
    )
    assert subprocess.run([*git, "fsck", "--strict"], capture_output=True, check=False).returncode == 0
    committed = subprocess.run([*git, "log", "--format=%s", "-20"], capture_output=True, text=True, check=True).stdout
    assert {"en": "arzille-valley: offer → negotiation", "fr": "val-arzille: offre → negociation"}[
        language
    ] in committed
