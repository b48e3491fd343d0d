"""One verb asked of every board, in processes side by side: a board that cannot answer hides no other."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kanban.i18n import _
from kanban.portfolio.boards import Portfolio

SECONDS = 600
"""After which a board that has not answered is given up."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one board said: the document it printed, or why there is none."""

    board: str
    document: dict[str, Any] | None
    trouble: str = ""


def ask_all(place: Path, portfolio: Portfolio, words: Sequence[str]) -> list[Answer]:
    """The answers of all boards to `kanban WORDS`, in the order of the portfolio."""
    with ThreadPoolExecutor(max(1, min(len(portfolio.boards), os.cpu_count() or 1))) as pool:
        asked = [pool.submit(_ask, place / one.path, one.called, words) for one in portfolio.boards]
        return [one.result() for one in asked]


def _ask(folder: Path, name: str, words: Sequence[str]) -> Answer:
    command = [sys.executable, "-P", "-m", "kanban", "-C", str(folder), *words]
    environment = os.environ | {"NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    try:
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return Answer(name, None, _("no answer within {seconds} s").format(seconds=SECONDS))
    try:
        return Answer(name, json.loads(done.stdout))
    except ValueError:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        return Answer(name, None, said[0] if said else _("no answer"))
