"""One verb asked of every board, in processes side by side: a board that cannot answer hides no other."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from kanban.commands.base.answers.kept_answers import answered
from kanban.commands.base.calling.entry import LazyGroup, run
from kanban.commands.base.calling.invocation import COULD_NOT
from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.portfolio.boards import Member, Portfolio
from kanban.portfolio.places import SECONDS, folder_of

Words = Callable[[Member], Sequence[str]]
Verbs = dict[str, tuple[str, str]]
"""The table of contents of the command line."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one board said: the document it printed, or why there is none."""

    board: str
    document: dict[str, Any] | None
    trouble: str = ""


@dataclass(slots=True)
class _Asked:
    """A board that is asked: its folder for what is only there meanwhile, and its process until it has ended."""

    board: str
    aside: Path
    process: BaseProcess
    until: float
    late: bool = False

    def answer(self, documents: bool) -> Answer:
        """What it said, once it has ended."""
        if self.late:
            return Answer(self.board, None, _("no answer within {seconds} s").format(seconds=SECONDS))
        if not documents and self.process.exitcode == 0:
            return Answer(self.board, {})
        trouble = _first(_said(self.aside, "stderr"))
        try:
            return Answer(self.board, json.loads(_said(self.aside, "stdout")) if documents else None, trouble)
        except ValueError:
            return Answer(self.board, None, trouble)


def ask_all(place: Path, portfolio: Portfolio, verbs: Verbs, words: Words, *, documents: bool = True) -> list[Answer]:
    """The answers of all boards to `kanban WORDS`, in the order of the portfolio.

    Each board is asked in a process of its own that begins as
    this one stands, with Python and the command line loaded, as many at once as there are processors. Without
    `documents` the verb prints none, and its exit code tells.
    """
    context: Any = get_context("fork" if "fork" in get_all_start_methods() else None)
    at_once = os.cpu_count() or 1
    asked: list[_Asked] = []
    with tempfile.TemporaryDirectory(prefix="kanban-portfolio-", ignore_cleanup_errors=True) as folder:
        for number, member in enumerate(portfolio.boards):
            aside = Path(folder, str(number))
            aside.mkdir()
            told = (place, member, aside, tuple(words(member)), verbs)
            process = context.Process(target=_be_asked, args=told, daemon=True)
            process.start()
            asked.append(_Asked(member.called, aside, process, time.monotonic() + SECONDS))
            _wait(asked, at_once - 1)
        _wait(asked, 0)
        return [one.answer(documents) for one in asked]


def _wait(asked: Sequence[_Asked], most: int) -> None:
    """Until at most so many are still at work; who takes too long is stopped."""
    while len(working := [one for one in asked if one.process.exitcode is None]) > most:
        ended = wait([one.process.sentinel for one in working], max(0, working[0].until - time.monotonic()))
        if not ended:
            working[0].late = True
            working[0].process.kill()
            working[0].process.join()


def _be_asked(place: Path, member: Member, aside: Path, words: Sequence[str], verbs: Verbs) -> None:
    """Be `kanban WORDS` in the board's folder, from the first word to the exit code."""
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 - open to the end
    os.dup2(sys.stdin.fileno(), 0)
    for number, name in enumerate(("stdout", "stderr"), 1):
        stream = open(aside / name, "w", encoding="utf-8", errors="backslashreplace")  # noqa: SIM115 - the same
        os.dup2(stream.fileno(), number)
        setattr(sys, name, stream)
    os.environ["NO_COLOR"] = "1"
    try:
        typed = ["-C", str(folder_of(place, member, aside / "copy")), *words]
    except KanbanError as error:
        sys.stderr.write(error.message)
        sys.exit(COULD_NOT)
    sys.exit(answered(typed, lambda settings: run(LazyGroup(name="kanban", verbs=verbs), typed, settings)))


def _said(aside: Path, stream: str) -> str:
    """What a process said; nothing where it ended before it could."""
    try:
        return (aside / stream).read_text("utf-8", "replace")
    except OSError:
        return ""


def _first(said: str) -> str:
    lines = said.strip().splitlines()
    return lines[0].removeprefix("error: ") if lines else _("no answer")
