"""What a verb loads and starts before it answers: counted, not timed, so that it says the same on every machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import GitFolder, Kanban

COUNTED = """
import os, subprocess, sys
started, opened, rows = [], [], []
board = os.environ["board"]
def counting(cursor, row):
    rows.append(row)
    return row
def told(event, arguments):
    if event == "open" and isinstance(arguments[0], str) and arguments[0].startswith(board):
        if ".git" not in arguments[0]:
            opened.append(arguments[0])
    elif event == "sqlite3.connect/handle":
        arguments[0].row_factory = counting
sys.addaudithook(told)
make = subprocess.Popen.__init__
def noted(self, argv, *more, **named):
    started.append(argv)
    make(self, argv, *more, **named)
subprocess.Popen.__init__ = noted
import kanban.cli
if "again" in os.environ:
    from kanban.commands.base.answers import question
    question._TOO_LATE = -10**15
else:
    assert kanban.cli.KEEPING
    kanban.cli.KEEPING = frozenset()  # else an answer that is kept is counted
try:
    kanban.cli.main()
except SystemExit:
    pass
ours = sum(name.startswith("kanban") for name in sys.modules)
heavy = sorted({"click", "git", "rich", "babel", "jinja2", "markdown_it", "yaml", "icalendar", "asyncio"} & sys.modules.keys())
print(ours, len(started), len(opened), len(rows), *heavy, file=sys.stderr)
"""

BUDGET: dict[str, tuple[int, int, int, int, str]] = {
    "--help": (14, 0, 1, 0, "click"),
    "TAB move a": (42, 0, 1, 4, "click"),
    "again list": (30, 0, 0, 2, ""),
    "again metrics --json": (30, 0, 0, 2, ""),
    "list": (110, 0, 170, 5, "click"),
    "list --json": (110, 0, 170, 5, "click"),
    "next --json": (120, 0, 170, 5, "click"),
    "show CARD": (118, 0, 170, 6, "click"),
    "lint": (400, 6, 170, 135, "click yaml"),
    "lint --staged --changed-only": (400, 4, 1, 2, "click yaml"),
    "metrics --json": (215, 3, 165, 12, "click rich"),
    "move MOVED --dry-run": (185, 6, 170, 5, "babel click git yaml"),
}
"""At most: modules of ours, processes, files of the board opened, rows of the index read, heavy libraries.

Of 150 cards each file is opened once: only from a thousand on it costs less to know which need not be.
"""


@pytest.fixture
def demo(tmp_path: Path, kanban: Kanban) -> GitFolder:
    """The board that `kanban demo` makes."""
    kanban("demo", tmp_path / "demo", "--as-of", "2026-10-05")
    for file in (tmp_path / "demo").rglob("*.*"):
        os.utime(file, (1_600_000_000, 1_600_000_000))
    return GitFolder(tmp_path / "demo")


def counted(folder: Path, words: str) -> tuple[int, int, int, int, str]:
    """What a second run loads and starts; the first one fills the index."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("COV_", "_KANBAN"))}
    environment |= {"board": str(folder)}
    arguments = ["-C", str(folder), *words.split()]
    if words.startswith("TAB"):
        line = " ".join(["kanban", "-C", str(folder), *words.split()[1:]])
        environment |= {"_KANBAN_COMPLETE": "line", "_KANBAN_LINE": line}
        arguments = []
    elif words.startswith("again"):
        environment |= {"again": "yes"}
        del arguments[2]
    for _run in range(2):
        command = [sys.executable, "-c", COUNTED, *arguments]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    ours, started, opened, rows, *heavy = done.stderr.splitlines()[-1].split()
    return int(ours), int(started), int(opened), int(rows), " ".join(heavy)


def test_start_up_stays_within_its_budget(demo: GitFolder) -> None:
    moved = next((demo.root / "prospects").glob("[a-z]*.md")).stem
    typed = {words: words.replace("MOVED", f"{moved} qualifies").replace("CARD", moved) for words in BUDGET}
    found = {words: counted(demo.root, typed[words]) for words in BUDGET}
    over = {
        words: (told, BUDGET[words])
        for words, told in found.items()
        if any(count > most for count, most in zip(told[:4], BUDGET[words][:4], strict=True))
        or set(told[4].split()) - set(BUDGET[words][4].split())
    }
    assert over == {}
