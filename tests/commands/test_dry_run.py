"""`--dry-run` on every verb that writes: it says what would happen, and not a byte of folder, index or history changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.boards import card_text
from tests.conftest import GitFolder, Kanban

BOARD = """\
title: Pipeline
language: en
currency: EUR
timezone: Europe/Paris
columns:
  - {key: prospects, name: Prospects}
  - {key: offre, name: Offer, dod: [receipt], follow_up: [2, 7]}
  - {key: gagne, name: Won, kind: won}
  - {key: perdu, name: Lost, kind: lost}
  - {key: nurturing, name: Nurturing, kind: parked}
owners: [{name: Zoé, role: AE}]
"""
OFFER = {
    "account": "Beta",
    "contact": "Ms Lane",
    "contact_email": "lane@example.org",
    "owner": "Zoé",
    "amount": "10 k€",
    "offer_date": "2026-10-01",
    "points": "[phase 1]",
    "need": "one login",
}
VERBS = [
    ["init", "--hooks"],
    ["new", "Gamma", "--next", "call", "--on", "tomorrow"],
    ["note", "acme", "called", "--next", "mail", "--on", "tomorrow"],
    ["set", "acme", "amount=3"],
    ["touch", "acme", "call", "--next", "mail", "--on", "tomorrow"],
    ["tick", "beta", "receipt"],
    ["pull", "offre", "--yes"],
    ["move", "acme", "offre"],
    ["block", "acme", "--cause", "c", "--next", "n", "--who", "Zoé"],
    ["unblock", "blocked", "--next", "call", "--on", "tomorrow"],
    ["win", "beta", "--force", "--reason", "signed"],
    ["lose", "beta", "--reason", "price"],
    ["park", "acme"],
    ["reopen", "old", "--reason", "back", "--next", "call", "--on", "tomorrow"],
    ["rename", "acme", "acme-2"],
    ["archive", "--days", "0"],
    ["undo"],
    ["mail", "beta", "follow-up", "--log"],
    ["mail", "beta", "follow-up", "--eml", "draft.eml"],
    ["mail", "--due", "--write", "drafts", "--log"],
    ["script", "beta", "meeting-close", "--log"],
    ["script", "--copy", "price-objection"],
    ["experiment", "new", "One less", "--problem", "p", "--target", "2"],
    ["hook", "install"],
]


@pytest.fixture
def board(git_folder: GitFolder, kanban: Kanban, monkeypatch: pytest.MonkeyPatch) -> GitFolder:
    monkeypatch.setenv("KANBAN_AS_OF", "2026-10-05")
    monkeypatch.chdir(git_folder.root)
    git_folder.write("board.yml", BOARD)
    git_folder.write("prospects/acme.md", card_text(owner="Zoé"))
    git_folder.write("prospects/blocked.md", card_text(account="Held", blocked_since="2026-10-01", blocked_cause="x"))
    git_folder.write("offre/beta.md", card_text(**OFFER))
    git_folder.write("perdu/old.md", card_text(account="Old", lost_reason="price"))
    git_folder.commit("board", date="2026-10-01T10:00:00+02:00")
    assert kanban("set", "acme", "source=inbound").code == 0
    git_folder.write("notes.txt", "mine\n")
    return git_folder


def picture(folder: Path) -> dict[str, bytes]:
    """Every file with its bytes, git's own too; caches and git's reading of the clock aside."""
    aside = {"index", "kanban"}
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not (path.is_relative_to(folder / ".git") and aside & set(path.parts))
    }


@pytest.mark.sweep
@pytest.mark.parametrize("arguments", VERBS, ids=lambda arguments: "-".join(arguments[:3]))
def test_nothing_changes(arguments: list[str], board: GitFolder, kanban: Kanban) -> None:
    before, index = picture(board.root), board.git("ls-files", "--stage")
    answer = kanban(arguments[0], *arguments[1:], "--dry-run")
    assert answer.code == 0, answer.err
    assert picture(board.root) == before
    assert board.git("ls-files", "--stage") == index
    assert "would" in answer.out + answer.err
