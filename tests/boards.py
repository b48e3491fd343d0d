"""Literal boards for tests: a few lines of text instead of folders on a disk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kanban.model.cards.assembly import read_board
from kanban.model.cards.board import Board
from kanban.model.cards.boardfile import BoardFile

TODAY = date(2026, 10, 5)

FIVE_COLUMNS = """\
title: Pipeline
timezone: Europe/Paris
columns:
  - {key: prospects, name: Prospects}
  - {key: qualifies, name: Qualifiés, wip: 3}
  - {key: offre, name: Offre, wip: 2}
  - {key: gagne, name: Gagné, kind: won}
  - {key: perdu, name: Perdu, kind: lost}
  - {key: nurturing, name: Nurturing, kind: parked}
"""


def card_text(body: str = "", **fields: str) -> bytes:
    """A card that satisfies the pull stop unless told otherwise (`next_action=""` leaves the line out)."""
    lines = {"account": "ACME", "next_action": "appeler", "next_action_date": "2026-10-06"} | fields
    front = "".join(f"{key}: {value}\n" for key, value in lines.items() if value != "")
    return f"---\n{front}---\n{body}".encode()


def board_of(cards: Mapping[str, str | bytes], config: str = FIVE_COLUMNS, *, today: date = TODAY) -> Board:
    """A board from its `board.yml` text and its files by path."""
    files = [BoardFile("board.yml", config.encode(), "100644", "")]
    for path, text in cards.items():
        files.append(BoardFile(path, text if isinstance(text, bytes) else text.encode(), "100644", ""))
    return read_board(files, anchor=today)
