"""What a verb loads and starts before it answers: counted, not timed, so that it says the same on every machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.boards import FIVE_COLUMNS, card_text
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
kanban.cli.leave = sys.exit
if "again" in os.environ:
    from kanban.again import answers
    answers._TOO_LATE = -10**15
    os._exit = sys.exit  # so that it can be counted what an answer said again had loaded
else:
    assert kanban.cli.KEEPING
    kanban.cli.KEEPING = frozenset()  # else an answer that is kept is counted
try:
    kanban.cli.main()
except SystemExit:
    pass
ours = sum(name.startswith("kanban") for name in sys.modules)
named = "click git rich babel jinja2 markdown_it yaml icalendar asyncio difflib _hashlib"
heavy = sorted(set(named.split()) & sys.modules.keys())
print(ours, len(started), len(opened), len(rows), *heavy, file=sys.stderr)
"""

BUDGET: dict[str, tuple[int, int, int, int, str]] = {
    "--help": (15, 0, 1, 0, "click"),
    "TAB move a": (42, 0, 1, 4, "click"),
    "again list": (6, 0, 0, 2, ""),
    "again metrics --json": (6, 0, 0, 2, ""),
    "list": (110, 0, 165, 6, "click"),
    "list --json": (110, 0, 165, 6, "click"),
    "next --json": (119, 0, 165, 5, "click"),
    "show CARD": (116, 0, 165, 6, "click"),
    "lint": (366, 4, 165, 10, "click yaml"),  # one of the processes asks how large the files beside cards are
    "lint --staged --changed-only": (363, 5, 1, 3, "click"),
    "metrics --json": (168, 0, 165, 6, "click"),
    "move MOVED --dry-run": (178, 5, 165, 5, "_hashlib click"),
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


def counted(folder: Path, words: str, runs: int = 2) -> tuple[int, int, int, int, str]:
    """What the last run loads and starts; the first one fills the index."""
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
    for _run in range(runs):
        command = [sys.executable, "-c", COUNTED, *arguments]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    ours, started, opened, rows, *heavy = done.stderr.splitlines()[-1].split()
    return int(ours), int(started), int(opened), int(rows), " ".join(heavy)


def test_start_up_stays_within_its_budget(demo: GitFolder) -> None:
    moved = next((demo.root / "prospects").glob("[a-z]*.md")).stem
    typed = {words: words.replace("MOVED", f"{moved} qualifies").replace("CARD", moved) for words in BUDGET}
    found = {words: counted(demo.root, typed[words]) for words in BUDGET}
    assert exceeded(found, BUDGET) == {}


def exceeded(
    found: dict[str, tuple[int, int, int, int, str]], budget: dict[str, tuple[int, int, int, int, str]]
) -> dict[str, object]:
    """What needs more than it may, beside what it may."""
    return {
        words: (told, budget[words])
        for words, told in found.items()
        if any(count > most for count, most in zip(told[:4], budget[words][:4], strict=True))
        or set(told[4].split()) - set(budget[words][4].split())
    }


SITE_BUDGET = {
    "again render": (6, 0, 0, 2, ""),
    "render": (582, 16, 76, 15, "_hashlib click icalendar jinja2"),
}
"""The same for a site of five cards: nothing changed, and one card moved."""


def test_a_site_is_made_again_within_its_budget(git_folder: GitFolder) -> None:
    git_folder.write("board.yml", FIVE_COLUMNS)
    for name in "abcde":
        git_folder.write(f"prospects/{name}.md", card_text(amount="10 k€", next_action="call"))
    git_folder.commit(date="2026-09-01T10:00:00+02:00")

    site = f"render --output {git_folder.root / 'site'} --as-of 2026-10-05"
    again = counted(git_folder.root, f"again {site}")
    (git_folder.root / "qualifies").mkdir(exist_ok=True)
    git_folder.git("mv", "prospects/a.md", "qualifies/a.md")
    git_folder.commit(date="2026-09-02T10:00:00+02:00")
    assert exceeded({"again render": again, "render": counted(git_folder.root, site, 1)}, SITE_BUDGET) == {}
