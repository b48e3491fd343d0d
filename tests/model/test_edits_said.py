"""What an edit changed, in words: of a list what came and went, of long texts the place where they part."""

from __future__ import annotations

import pytest

from kanban.i18n.catalogue import use_language
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.history.edits import LONGEST, Edit
from tests.boards import board_of, card_text

LONG = "Envoyer le dossier complet de référencement au service des achats"


def edit(before: dict[str, str], after: dict[str, str]) -> tuple[str, ...]:
    boards: list[Board] = [board_of({"prospects/a.md": card_text(**fields)}) for fields in (before, after)]
    cards: list[Card] = [board.cards[0] for board in boards]
    with use_language("en"):
        return Edit(*cards).said(boards[1].config)


SAID = [
    ({"tags": "[a, b]"}, {"tags": "[a, b, c]"}, "+ c"),
    ({"tags": "[a, b]"}, {"tags": "[b, c]"}, "+ c, − a"),
    ({}, {"tags": "[a]"}, "+ a"),
    ({"tags": "[a]"}, {}, "− a"),
    ({"amount": "28 k€"}, {"amount": "30 k€"}, "€28,000 → €30,000"),
    ({"need": "small"}, {"need": "large"}, "small → large"),
    ({}, {"need": "large"}, "nothing → large"),
    (
        {"need": f"{LONG} lundi"},
        {"need": f"{LONG} mardi"},
        "… au service des achats lundi → … au service des achats mardi",
    ),
]


@pytest.mark.parametrize(("before", "after", "said"), SAID)
def test_before_and_after_can_be_told_apart(before: dict[str, str], after: dict[str, str], said: str) -> None:
    (told,) = edit(before, after)
    assert told.partition(": ")[2] == said


def test_no_side_is_longer_than_a_line() -> None:
    (told,) = edit({"need": "x " * 90}, {"need": "x " * 60 + "y " * 90})
    before, after = told.partition(": ")[2].split(" → ")
    assert before != after
    assert max(len(before), len(after)) <= LONGEST
