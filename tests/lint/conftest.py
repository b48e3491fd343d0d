"""A small board in a real repository, and `kanban` run in it as a person would."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kanban.cli import cli
from kanban.commands.base.calling.entry import run
from tests.conftest import GitFolder

BOARD = """\
title: Pipeline
language: en
timezone: Europe/Paris
columns:
  - {key: prospects, purge_after: 30}
  - {key: offre, wip: 2}
  - {key: negociation, wip: 1}
  - {key: gagne, kind: won}
  - {key: perdu, kind: lost}
  - {key: nurturing, kind: parked}
"""
MONDAY = "2026-10-05T09:00:00+02:00"


def card(account: str = "ACME", *, body: str = "", **fields: str) -> str:
    """The text of a card without a fault; a field given as "" is left out."""
    values = {
        "account": account,
        "next_action": "call Ana",
        "next_action_date": "2026-10-08",
        "owner": "Zoé",
        "amount": "28000",
        "probability": "40 %",
        "close_date": "2026-10-23",
    } | fields
    lines = [f"{key}: {value}" for key, value in values.items() if value]
    return "\n".join(["---", *lines, "---", body]) + ("\n" if body else "")


@dataclass
class Answer:
    """How a run ended."""

    code: int
    out: str
    err: str


class Board(GitFolder):
    """A board at the top of a repository, with banners and one commit."""

    def lint(self, *arguments: str, stdin: str = "") -> Answer:
        """Run `kanban lint` here on Monday 2026-10-05."""
        return self.kanban("lint", "--as-of", "2026-10-05", *arguments, stdin=stdin)

    def codes(self, *arguments: str) -> list[str]:
        """The codes found, in order."""
        import json

        return [one["code"] for one in json.loads(self.lint("--json", *arguments).out)["findings"]]

    def kanban(self, *arguments: str, stdin: str = "") -> Answer:
        """Run `kanban` here."""
        return self.run_in(arguments, stdin)

    run_in: Callable[[tuple[str, ...], str], Answer]


@pytest.fixture
def board(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Board:
    """The board, with one commit on Monday morning; the current folder is its top."""
    found = Board(tmp_path / "sales")
    found.write("board.yml", BOARD)
    for column in ("prospects", "offre", "negociation", "gagne", "perdu", "nurturing"):
        found.write(f"{column}/README.md", f"# {column}\n")
    found.write("prospects/acme.md", card())
    found.commit("start", date=MONDAY)
    monkeypatch.chdir(found.root)

    def run_in(arguments: tuple[str, ...], stdin: str) -> Answer:
        capfdbinary.readouterr()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        code = run(cli, arguments)
        said = capfdbinary.readouterr()
        return Answer(code, said.out.decode(), said.err.decode())

    found.run_in = run_in
    return found
