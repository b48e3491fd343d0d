"""The quick look for former names says what the whole board says."""

from __future__ import annotations

import pytest

from kanban.model.cards.assembly import config_from, read_board, renames_of
from kanban.model.cards.boardfile import BoardFile

BOARD = b"title: x\ncolumns:\n  - {key: q, name: Q}\n  - {key: w, name: W, kind: won}\n"


def card(path: str, front: str) -> BoardFile:
    return BoardFile(path, f"---\naccount: A\n{front}---\n".encode())


@pytest.mark.parametrize(
    ("cards", "expected"),
    [
        ([card("q/new.md", "formerly: [old]\n")], {"old": "new"}),
        ([card("q/new.md", "formerly: [old, older]\n"), card("w/x.md", "")], {"old": "new", "older": "new"}),
        ([card("q/new.md", "formerly: [x, old]\n"), card("w/x.md", "")], {"old": "new"}),
        ([card("q/new.md", ""), card("scripts/m.md", "formerly: [old]\n")], {}),
        ([card("q/new.md", "account_note: formerly old\n")], {}),
        ([card("q/new.md", "formerly: [\n")], {}),
        ([BoardFile("q/new.md", None, note="symlink")], {}),
    ],
)
def test_former_names(cards: list[BoardFile], expected: dict[str, str]) -> None:
    files = [BoardFile("board.yml", BOARD), *cards]
    config, _problems = config_from({file.path: file for file in files})
    assert renames_of(files, config) == read_board(files).renames == expected
