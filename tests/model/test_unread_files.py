"""A file that is known to say nothing of former names is the same file, read when somebody asks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kanban.model.cards.assembly import read_board
from kanban.model.cards.boardfile import BoardFile, UnreadFile, is_silent
from kanban.model.cards.unchanged_cards import CardMemory
from tests.boards import FIVE_COLUMNS, TODAY, card_text


def unread(data: bytes, opened: list[bytes], blob: str = "") -> UnreadFile:
    class Kept:
        def read(self) -> bytes:
            opened.append(data)
            return data

    class Keeper:
        def kept(self, _file: UnreadFile) -> Any:
            return Kept()

        def look(self, _file: UnreadFile) -> None:
            return None

    return UnreadFile("offre/a.md", blob=blob, keeper=Keeper())


def test_it_equals_the_file_that_was_read_and_is_read_once() -> None:
    opened: list[bytes] = []
    file, same = unread(b"x", opened), BoardFile("offre/a.md", b"x")
    assert (file == same, same == file, hash(file) == hash(same)) == (True, True, True)
    assert file != BoardFile("offre/a.md", b"y")
    assert file != BoardFile("offre/b.md", b"x")
    assert replace(file, stage=2) == BoardFile("offre/a.md", b"x", stage=2)
    assert opened == [b"x"]


def test_of_one_content_in_git_nothing_is_read_to_compare() -> None:
    opened: list[bytes] = []
    assert unread(b"x", opened, "1" * 40) == BoardFile("offre/a.md", b"x", blob="1" * 40)
    assert unread(b"x", opened, "1" * 40) != unread(b"y", opened, "2" * 40)
    assert opened == []


def test_its_card_is_opened_when_it_is_asked_and_not_for_former_names() -> None:
    opened: list[bytes] = []
    board = read_board(
        [BoardFile("board.yml", FIVE_COLUMNS.encode()), unread(card_text(account="ACME"), opened)],
        anchor=TODAY,
        memory=CardMemory(),
    )
    assert (board.renames, board.cards[0].column, opened) == ({}, "offre", [])
    assert (board.cards[0].account, len(opened)) == ("ACME", 1)
    assert board.cards[0].text == card_text(account="ACME").decode()


@pytest.mark.parametrize(
    ("data", "silent"),
    [(b"account: x\n", True), (b"formerly: [a]\n", False), (b'"\\x66ormerly": [a]\n', False), (b"- formerly\n", False)],
)
def test_what_may_say_a_former_name_is_not_silent(data: bytes, silent: bool) -> None:
    assert is_silent(data) is silent
