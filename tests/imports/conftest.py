"""An empty board in a repository, and the import run on it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Answer, GitFolder

BOARD = """\
title: Sales
language: {language}
currency: EUR
timezone: Europe/Paris
columns:
  - {{key: prospects, name: Prospects}}
  - {{key: qualified, name: Qualified}}
  - {{key: meeting, name: Meeting booked}}
  - {{key: offer, name: Offer sent}}
  - {{key: negotiation, name: Negotiation}}
  - {{key: won, name: Won, kind: won}}
  - {{key: lost, name: Lost, kind: lost}}
  - {{key: nurturing, name: Nurturing, kind: parked}}
owners: [{{name: Zoé, email: zoe@example.org}}]
"""


class Desk:
    """A board, and what somebody does with exports beside it."""

    def __init__(self, folder: GitFolder, run: Callable[..., Answer], language: str = "en") -> None:
        self.folder, self.run = folder, run
        folder.write("board.yml", BOARD.format(language=language))
        folder.commit("board", date="2026-01-01T08:00:00+01:00")

    @property
    def root(self) -> Path:
        return self.folder.root

    def export(self, name: str, text: str | bytes) -> Path:
        """A file beside the repository."""
        path = self.root.parent / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def bring(self, *arguments: object, code: int = 0) -> dict[str, Any]:
        answer = self.run("-C", self.root, "import", *arguments, "--as-of", "2026-11-01", "--json")
        assert (answer.code, answer.err) == (code, ""), answer
        found: dict[str, Any] = json.loads(answer.out)
        return found

    def way(self, card: str) -> list[tuple[str, date, str]]:
        """Column, day and author of each step of a card."""
        answer = self.run("-C", self.root, "log", card, "--json")
        events = [json.loads(line) for line in answer.out.splitlines()]
        return [
            (one["to"], date.fromisoformat(one["at"][:10]), one["author"]) for one in events if one["kind"] != "edited"
        ]

    def card(self, name: str) -> str:
        return next(self.root.glob(f"*/{name}.md")).read_text()


@pytest.fixture
def desk(git_folder: GitFolder, kanban: Callable[..., Answer]) -> Desk:
    return Desk(git_folder, kanban)
