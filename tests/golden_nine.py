"""The golden nine-card history as a real repository: nine deals of early 2025 whose every figure is known.

Columns p q r o n are open (Prospects … Négociation), w is won and l lost. Moves are made at 10:00 in Paris unless a time
is given. F6 is blocked from 23 to 30 January; I9 is won, reopened and won again; C3 goes back once; B2 skips a column.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

PARIS = ZoneInfo("Europe/Paris")
AS_OF = "2025-03-31"
AUTHOR = "Zoé Martin <zoe@example.org>"

MOVES = {
    "a1": "p01-06 q01-08 r01-13 o01-20 n01-27 w02-03",
    "b2": "p01-07 q01-10 o01-17 n01-24 w01-28",
    "c3": "p01-08 q01-09 r01-15 o01-22 r01-29 o02-05 n02-12 w02-19",
    "d4": "p01-13T08:00 w01-13T18:00",
    "e5": "p01-14 q01-20 l02-10",
    "f6": "p01-20 q01-21 r02-03 o02-10 n03-03 w03-24T23:30",
    "g7": "p02-03 q02-17 r03-03",
    "h8": "p02-24",
    "i9": "p01-06 q01-07 r01-08 o01-09 n01-10 w01-13 n01-15 w03-17",
}
"""Each card's moves: column, then month-day, then the time when it is not 10:00."""

BLOCKED = ("f6", "01-23", "01-30")

BOARD = """\
title: Golden nine
language: en
currency: EUR
timezone: Europe/Paris
columns:
  - {key: p, name: Prospects}
  - {key: q, name: Qualified}
  - {key: r, name: Meeting}
  - {key: o, name: Offer}
  - {key: n, name: Negotiation}
  - {key: w, name: Won, kind: won}
  - {key: l, name: Lost, kind: lost}
"""


@dataclass(frozen=True, order=True)
class Move:
    """One commit of the history: a card enters a column, or (column unchanged) is blocked or unblocked."""

    at: datetime
    card: str
    column: str
    before: str | None
    blocked: bool = False


def moves() -> list[Move]:
    """All commits in order of time, then of card."""
    found = []
    for card, line in MOVES.items():
        before = None
        for word in line.split():
            column, at = word[0], _at(word[1:])
            found.append(Move(at, card, column, before))
            before = column
    card, since, until = BLOCKED
    found += [Move(_at(since), card, "q", "q", blocked=True), Move(_at(until), card, "q", "q")]
    return sorted(found, key=lambda move: (move.at, move.card))


def _at(text: str) -> datetime:
    day, _t, time = text.partition("T")
    return datetime.fromisoformat(f"2025-{day}T{time or '10:00'}:00").replace(tzinfo=PARIS)


def card_text(move: Move) -> str:
    """The card's file as it stands after a move."""
    blocked = ""
    if move.blocked:
        blocked = (
            "blocked_since: 2025-01-23\nblocked_cause: legal review\nblocked_next: call legal\nblocked_owner: zoe\n"
        )
    return f"---\naccount: {move.card.upper()} SA\nowner: zoe\n{blocked}---\nNotes about {move.card}.\n"


def build(root: Path, prefix: str = "") -> Path:
    """Make the repository in `root` (branch `main`, checked out), the board in folder `prefix` (`""` or `x/y/`)."""
    root.mkdir(parents=True, exist_ok=True)
    _git(root, "init", "-q", "-b", "main")
    commands: list[bytes] = []
    changes = [_file(f"{prefix}board.yml", BOARD)]
    for move in moves():
        if move.before not in (None, move.column):
            changes.append(f"D {prefix}{move.before}/{move.card}.md\n".encode())
        changes.append(_file(f"{prefix}{move.column}/{move.card}.md", card_text(move)))
        commands.append(_commit(move, changes))
        changes = []
    _git(root, "fast-import", "--quiet", "--date-format=raw", stdin=b"".join(commands))
    _git(root, "reset", "-q", "--hard", "main")
    return root


def _commit(move: Move, changes: list[bytes]) -> bytes:
    stamp = f"{int(move.at.timestamp())} {move.at.strftime('%z')}"
    subject = f"{move.card}: {move.column}".encode()
    head = (
        f"commit refs/heads/main\nauthor {AUTHOR} {stamp}\ncommitter {AUTHOR} {stamp}\ndata {len(subject)}\n".encode()
    )
    return head + subject + b"\n" + b"".join(changes) + b"\n"


def _file(path: str, text: str) -> bytes:
    data = text.encode()
    return f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n"


def _git(root: Path, *arguments: str, stdin: bytes | None = None) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment = clean | {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(["git", *arguments], cwd=root, env=environment, input=stdin, check=True, capture_output=True)


@pytest.fixture(scope="session")
def golden_nine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The golden nine-card repository, the board at its top. Read only: it is shared by the whole session."""
    return build(tmp_path_factory.mktemp("golden") / "nine")
