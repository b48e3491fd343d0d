"""What is remembered between two readings is never what has changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kanban.model.cards.assembly import read_board
from kanban.model.cards.board import Board
from kanban.model.cards.boardfile import BoardFile
from kanban.model.cards.read_card import read_card
from kanban.model.cards.unchanged_cards import CardMemory
from kanban.model.text import cardfile
from kanban.model.text.cardfile import Document, parse_document
from tests.boards import FIVE_COLUMNS, TODAY, card_text


def files(**cards: bytes) -> list[BoardFile]:
    return [BoardFile("board.yml", FIVE_COLUMNS.encode())] + [
        BoardFile(f"offre/{name}.md", data) for name, data in cards.items()
    ]


def test_an_unchanged_file_gives_the_very_same_card_a_changed_one_a_new_card() -> None:
    memory = CardMemory()
    before = read_board(files(a=card_text(), b=card_text()), anchor=TODAY, memory=memory)
    after = read_board(files(a=card_text(), b=card_text(owner="Zoé")), anchor=TODAY, memory=memory)
    assert after.find("a") is before.find("a")
    assert after.find("b") is not before.find("b")
    assert after == read_board(files(a=card_text(), b=card_text(owner="Zoé")), anchor=TODAY)


def test_another_day_or_configuration_forgets_everything() -> None:
    memory = CardMemory()
    given = files(a=card_text(next_action_date="12/10", amount="1.234"))

    def read(day: date, language: str) -> Board:
        config = FIVE_COLUMNS.replace("title: Pipeline", f"title: Pipeline\nlanguage: {language}")
        return read_board([replace(given[0], data=config.encode()), given[1]], anchor=day, memory=memory)

    for day, language in ((TODAY, "fr"), (date(2020, 1, 1), "fr"), (TODAY, "en"), (TODAY, "fr")):
        config = FIVE_COLUMNS.replace("title: Pipeline", f"title: Pipeline\nlanguage: {language}")
        cold = read_board([replace(given[0], data=config.encode()), given[1]], anchor=day)
        assert read(day, language) == cold


def test_a_card_is_read_when_it_is_asked_and_equals_one_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bytes] = []

    def counted(data: bytes) -> Document:
        seen.append(data)
        return parse_document(data)

    monkeypatch.setattr(cardfile, "parse_document", counted)
    given = files(a=card_text(formerly="z"), b=card_text(), c=b"no front matter")
    board = read_board(given, anchor=TODAY, memory=CardMemory())
    assert next((card.id, card.column, card.path) for card in board.cards) == ("a", "offre", "offre/a.md")
    assert board.is_open(board.cards[0])
    assert seen == []
    assert board.renames == {"z": "a"}
    assert [card.__dict__.get("_said") is not None for card in board.cards] == [True, False, False], "who mentions one"
    assert seen == [], "and a look at it is enough"
    at_once = [read_card(file, file.path[6:-3], "offre", board.config, anchor=TODAY) for file in given[1:]]
    seen.clear()
    assert list(board.cards) == at_once
    assert set(seen) == {card_text(formerly="z"), card_text(), b"no front matter"}
    assert [replace(card, column="gagne").account for card in board.cards] == [card.account for card in at_once]
