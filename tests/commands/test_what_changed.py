"""What an edit changed: each field, from what to what, on the terminal, as data and on the card's page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.conftest import GitFolder, Kanban

BOARD = """\
title: Edits
language: fr
timezone: Europe/Paris
columns:
  - {key: p, name: Prospects}
  - {key: w, name: Gagné, kind: won}
site: {public_fields: [owner]}
"""
SAID = (
    "Montant : 28 000 € → 30 000 €",
    "Prochaine action : rien → appeler",
    "Responsable : Zoé → rien",
    "les notes",
)


def plain(text: str) -> str:
    """With ordinary spaces only, as a person reads it."""
    return text.replace("\u202f", " ").replace("\xa0", " ")


@pytest.fixture
def board(git_folder: GitFolder) -> GitFolder:
    git_folder.write("board.yml", BOARD)
    git_folder.write("p/acme.md", "---\naccount: Acme\namount: 28 k€\nowner: Zoé\n---\n")
    git_folder.commit("board", date="2026-03-02T10:00:00+01:00")
    git_folder.write("p/acme.md", "---\naccount: Acme\namount: 30 k€\nnext_action: appeler\n---\n\n- vue\n")
    git_folder.commit("edit", date="2026-03-03T10:00:00+01:00")
    return git_folder


@pytest.mark.parametrize("verb", [("log",), ("show", "acme")])
def test_the_terminal_says_which_field_from_what_to_what(
    board: GitFolder, kanban: Kanban, verb: tuple[str, ...]
) -> None:
    out = plain(kanban("-C", board.root, *verb).out)
    assert " ; ".join(SAID) in re.sub(r"\n +", " ", out)
    assert "modifiée" not in out


def test_as_data_the_texts_stand_as_written(board: GitFolder, kanban: Kanban) -> None:
    made, edited = map(json.loads, kanban("-C", board.root, "log", "--json").out.splitlines())
    assert "changes" not in made
    assert edited["changes"] == [
        {"field": "amount", "before": "28 k€", "after": "30 k€"},
        {"field": "next_action", "before": None, "after": "appeler"},
        {"field": "owner", "before": "Zoé", "after": None},
        {"field": "body", "before": None, "after": None},
    ]
    shown = kanban("-C", board.root, "show", "acme", "--json").json
    assert [event.get("changes") for event in shown["history"]] == [None, edited["changes"]]


def test_a_move_that_changes_text_says_both_and_an_undone_one_is_marked(board: GitFolder, kanban: Kanban) -> None:
    assert kanban("-C", board.root, "win", "acme", "--force", "--reason", "signé").code == 0
    assert kanban("-C", board.root, "undo").code == 0
    lines = [line for line in kanban("-C", board.root, "log").out.splitlines() if "→ Gagné" in line]
    assert len(lines) == 1
    assert "annul" in lines[0]


def test_the_cards_page_says_it_and_a_public_one_says_no_more_than_it_may(
    board: GitFolder, kanban: Kanban, tmp_path: Path
) -> None:
    assert kanban("-C", board.root, "render", "--output", tmp_path / "site").code == 0
    page = plain(next((tmp_path / "site").glob("cards/*.html")).read_text())
    for said in SAID:
        assert said in page
    assert kanban("-C", board.root, "render", "--output", tmp_path / "open", "--audience", "public").code == 0
    pages = plain("".join(file.read_text() for file in (tmp_path / "open").rglob("*.html")))
    assert "30 000" not in pages
    assert "appeler" not in pages


def test_since_a_weekday_looks_back(board: GitFolder, kanban: Kanban) -> None:
    on = ("--as-of", "2026-03-04", "--json")  # a Wednesday; the edit is of Tuesday
    for day in ("mardi", "tuesday", "2026-03-03"):
        told = kanban("-C", board.root, "diff", "--since", day, *on).json
        assert "amount" in json.dumps(told), day
