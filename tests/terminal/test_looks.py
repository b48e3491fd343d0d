"""`make looks`: the answers that people look at most keep to their terminal, in colour or without, as pictures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kanban.commands.base.calling.asides import aside
from tests.conftest import Kanban
from tools import terminal_looks
from tools.terminal_looks import LOOKS, VERBS, WIDTHS, drawn, pictures

EXAMPLE = Path(__file__).parent.parent.parent / "example-board"
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("verb", VERBS)
def test_an_answer_keeps_to_its_terminal(
    kanban: Kanban, monkeypatch: pytest.MonkeyPatch, verb: str, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    texts = {}
    for look in ("NO_COLOR", "FORCE_COLOR"):
        with monkeypatch.context() as scene:
            scene.delenv("NO_COLOR", raising=False)
            scene.setenv(look, "1")
            answer = kanban("-C", EXAMPLE, *VERBS[verb])
        assert answer.code == 0, answer.err
        texts[look] = answer.out
    assert COLOUR.sub("", texts["FORCE_COLOR"]) == texts["NO_COLOR"], "colour adds no word"
    assert "\x1b" not in texts["NO_COLOR"]
    if verb in ("board", "list"):
        assert max(map(len, texts["NO_COLOR"].splitlines())) <= columns
        assert COLOUR.search(texts["FORCE_COLOR"]), "what is late or blocked is seen at once"
    if verb == "show":
        assert max(map(len, texts["NO_COLOR"].splitlines())) <= columns, "a cure goes on in the next line"
    prose = [line for line in texts["NO_COLOR"].splitlines() if "→ " not in line]
    assert max(map(len, prose)) <= columns, "what is typed stays on one line, prose does not"


def test_what_is_said_beside_is_broken_between_words_and_what_is_typed_is_not(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = "non coché : rendez-vous tenu  → avancé ou reporté : `kanban note acme-sso --next x`; ou plus tard"
    monkeypatch.setenv("COLUMNS", "40")
    for terminal, lines in (
        (False, [f"note : {said}"]),
        (
            True,
            [
                "note : non coché : rendez-vous tenu",
                "    → avancé ou reporté :",
                "    `kanban note acme-sso --next x`; ou",
                "    plus tard",
            ],
        ),
    ):
        monkeypatch.setattr("sys.stderr.isatty", lambda terminal=terminal: terminal)
        aside(said, "note :")
        assert capsys.readouterr().err.splitlines() == lines


def test_the_set_of_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        terminal_looks, "answer", lambda _board, words, columns, **_said: f"{words[0]} \x1b[31m{columns}"
    )
    made = dict(pictures(EXAMPLE, "en"))
    assert len(made) == len(VERBS) * len(WIDTHS) * len(LOOKS)
    assert set(made) == {f"{verb}-{width}-{look}.svg" for verb in VERBS for width in WIDTHS for look in LOOKS}
    assert made["board-80-dark.svg"] != made["board-80-light.svg"]
    assert all(svg.startswith("<svg") and svg.rstrip().endswith("</svg>") for svg in made.values())


def test_a_picture_holds_the_whole_line() -> None:
    svg = drawn("x" * 200, 200, LOOKS["dark"], "kanban")
    assert "x" * 200 in svg
