"""Every built-in script, filled from the example board in both languages, reads as the golden text says."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from kanban.folder.reading import read_folder
from kanban.i18n import use_language
from kanban.model.cards.assembly import read_board
from kanban.model.cards.board import Board
from kanban.scripts.filling import fields_of, fill
from kanban.scripts.script import BUILT_IN, find_script
from kanban.scripts.values import Occasion, values_of
from tests.conftest import Kanban

EXAMPLE = Path(__file__).parent.parent.parent / "example-board"
GOLDEN = Path(__file__).parent / "golden"
CARDS = {"follow-up": "val-arzille", "follow-up-again": "val-arzille"}
"""Scripts that are written to a card other than the sheet's own, acme-sso."""


@pytest.fixture(scope="module")
def board() -> Board:
    return read_board(read_folder(EXAMPLE), anchor=date(2026, 10, 5))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", BUILT_IN)
def test_a_salesperson_would_send_it(board: Board, name: str, language: str, update_golden: bool) -> None:
    with use_language(language):
        card = board.named(CARDS.get(name, "acme-sso"))
        values = values_of(board, card, Occasion(date(2026, 10, 11)))
        filled = fill(find_script(board.files, name, language), card, values)
    text = (f"Subject: {filled.subject}\n\n" if filled.subject else "") + filled.text
    golden = GOLDEN / f"{name}.{language}.txt"
    if update_golden:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")
    assert "{" not in text
    assert "\n\n\n" not in text


@pytest.mark.parametrize("name", BUILT_IN)
def test_both_languages_ask_for_the_same_fields(board: Board, name: str) -> None:
    asked = [set(fields_of(find_script({}, name, language))) for language in ("en", "fr")]
    assert asked[0] == asked[1]


@pytest.mark.parametrize(
    ("fields", "greeting"),
    [
        ({"first_name": "Julien", "contact": "M. Dubois"}, "Bonjour Julien"),
        ({"contact": "M. Dubois"}, "Bonjour M. Dubois"),
        ({"contact": "Mme Le Goff (DSI)"}, "Bonjour Mme Le Goff"),
        ({"contact": "Camille Roy"}, "Bonjour Camille Roy"),
    ],
)
def test_a_first_name_is_never_guessed(tmp_path: Path, kanban: Kanban, fields: dict[str, str], greeting: str) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "board")
    card = tmp_path / "board" / "rdv" / "acme-sso.md"
    lines = [line for line in card.read_text("utf-8").split("\n") if not line.startswith(("first_name:", "contact:"))]
    lines[1:1] = [f"{key}: {value}" for key, value in fields.items()]
    card.write_text("\n".join(lines), "utf-8")
    answer = kanban("-C", tmp_path / "board", "mail", "acme-sso", "meeting-reminder", "--as-of", "2026-10-11")
    assert f"\n{greeting},\n" in answer.out


def test_a_family_name_alone_gives_no_greeting(tmp_path: Path, kanban: Kanban) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "board")
    card = tmp_path / "board" / "rdv" / "acme-sso.md"
    text = card.read_text("utf-8").replace("first_name: Julien\n", "").replace("contact: M. Dubois", "contact: Dubois")
    card.write_text(text, "utf-8")
    answer = kanban("-C", tmp_path / "board", "mail", "acme-sso", "meeting-reminder", "--as-of", "2026-10-11")
    assert answer.code == 2
    assert answer.out == ""
    assert "texts/" not in answer.err, "nobody looks for a file of the program"
    assert "`greeting`" in answer.err
    assert "kanban set acme-sso first_name=" in answer.err
