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
started = []
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
    kanban.cli.READING = frozenset()
try:
    kanban.cli.main()
except SystemExit:
    pass
ours = sum(name.startswith("kanban") for name in sys.modules)
heavy = sorted({"git", "rich", "babel", "jinja2", "markdown_it", "yaml", "icalendar", "asyncio"} & sys.modules.keys())
print(ours, len(started), *heavy, file=sys.stderr)
"""

BUDGET: dict[str, tuple[int, int, str]] = {
    "--help": (14, 0, ""),
    "TAB move a": (42, 0, ""),
    "TAB show a": (42, 0, ""),
    "again list": (42, 0, ""),
    "again show CARD": (42, 0, ""),
    "again metrics --json": (42, 0, ""),
    "list": (118, 0, ""),
    "list --json": (118, 0, ""),
    "next --json": (128, 0, ""),
    "show CARD": (128, 0, ""),
    "lint --staged --changed-only": (400, 9, "yaml"),
    "move MOVED --dry-run": (240, 30, "babel git yaml"),
}
"""Modules of ours at most, processes at most, and which of the heavy libraries may be loaded."""


@pytest.fixture
def demo(tmp_path: Path, kanban: Kanban) -> GitFolder:
    """The board that `kanban demo` makes."""
    kanban("demo", tmp_path / "demo", "--as-of", "2026-10-05")
    for file in (tmp_path / "demo").rglob("*.*"):
        os.utime(file, (1_600_000_000, 1_600_000_000))
    return GitFolder(tmp_path / "demo")


def counted(folder: Path, words: str) -> tuple[int, int, str]:
    """What a second run loads and starts; the first one fills the index."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("COV_", "_KANBAN"))}
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
    ours, started, *heavy = done.stderr.splitlines()[-1].split()
    return int(ours), int(started), " ".join(heavy)


def test_start_up_stays_within_its_budget(demo: GitFolder) -> None:
    moved = next((demo.root / "prospects").glob("[a-z]*.md")).stem
    typed = {words: words.replace("MOVED", f"{moved} qualifies").replace("CARD", moved) for words in BUDGET}
    found = {words: counted(demo.root, typed[words]) for words in BUDGET}
    over = {
        words: (told, BUDGET[words])
        for words, told in found.items()
        if told[0] > BUDGET[words][0]
        or told[1] > BUDGET[words][1]
        or set(told[2].split()) - set(BUDGET[words][2].split())
    }
    assert over == {}
