"""One verb asked of every board, in processes side by side: a board that cannot answer hides no other."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.portfolio.boards import Member, Portfolio
from kanban.portfolio.places import folder_of, run

Words = Callable[[Member], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one board said: the document it printed, or why there is none."""

    board: str
    document: dict[str, Any] | None
    trouble: str = ""


def ask_all(place: Path, portfolio: Portfolio, words: Words, *, documents: bool = True) -> list[Answer]:
    """The answers of all boards to `kanban WORDS`, in the order of the portfolio.

    Without `documents` the verb prints none, and its exit code tells.
    """
    with (
        tempfile.TemporaryDirectory(prefix="kanban-portfolio-", ignore_cleanup_errors=True) as aside,
        ThreadPoolExecutor(max(1, min(len(portfolio.boards), os.cpu_count() or 1))) as pool,
    ):
        asked = [
            pool.submit(_ask, place, one, Path(aside, str(number)), words(one), documents)
            for number, one in enumerate(portfolio.boards)
        ]
        return [one.result() for one in asked]


def _ask(place: Path, member: Member, aside: Path, words: Sequence[str], documents: bool) -> Answer:
    try:
        folder = folder_of(place, member, aside)
        code, out, err = said_by(folder, words)
    except KanbanError as error:
        return Answer(member.called, None, error.message)
    if not documents and code == 0:
        return Answer(member.called, {})
    try:
        return Answer(member.called, json.loads(out) if documents else None, _first(err))
    except ValueError:
        return Answer(member.called, None, _first(err))


def _first(said: str) -> str:
    lines = said.strip().splitlines()
    return lines[0].removeprefix("error: ") if lines else _("no answer")


def said_by(folder: Path, words: Sequence[str]) -> tuple[int, str, str]:
    """What `kanban WORDS` ends with and prints when it runs in a folder."""
    command = [sys.executable, "-P", "-m", "kanban", "-C", str(folder), *words]
    done = run(command, os.environ | {"NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"})
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
