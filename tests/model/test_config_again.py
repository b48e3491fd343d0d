"""A `board.yml` is read once in a run, and what is wrong with it is told in the language of whoever asks."""

from __future__ import annotations

import pytest

from kanban.i18n.catalogue import use_language
from kanban.model.settings import board_yml
from kanban.model.settings.board_yml import read_config
from tests.boards import FIVE_COLUMNS

BOARD = FIVE_COLUMNS.encode()


def test_the_same_text_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board_yml, "_read_before", {})
    first = read_config(BOARD)
    monkeypatch.setattr(board_yml, "_read_config", lambda *_asked: pytest.fail("read again"))
    assert read_config(BOARD) == first
    assert first[1] == ()


def test_another_text_or_name_is_read() -> None:
    one, other = read_config(BOARD), read_config(BOARD + b"currency: CHF\n")
    assert (one[0] and one[0].currency, other[0] and other[0].currency) == ("EUR", "CHF")
    assert read_config(BOARD) == one


def test_problems_are_told_in_every_language() -> None:
    told = []
    for language in ("en", "fr", "en"):
        with use_language(language):
            told.append(read_config(BOARD + b"langage: fr\n")[1][0].message)
    assert told[0] == told[2] != told[1]


def test_no_more_than_the_last_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board_yml, "_read_before", {})
    for number in range(50):
        config, problems = read_config(BOARD + f"# {number}\n".encode())
        assert config is not None
        assert problems == ()
    assert len(board_yml._read_before) <= board_yml._MOST_READ
