"""The sweep's figures as a table in docs/reliability.md, between its two marks."""

from __future__ import annotations

import platform
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.faults.judging import WHAT
from tests.faults.scenes import run
from tests.faults.tracer import IO_ERROR, KILL, NO_SPACE, READ_ONLY

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
BEGIN, END = "<!-- sweep: begin -->\n", "<!-- sweep: end -->\n"
KINDS = (KILL, NO_SPACE, IO_ERROR, READ_ONLY)


@dataclass
class Row:
    """One scene: its state-changing calls, the faults tried by kind, the problems found by kind."""

    scene: str
    faults: Counter[str]
    problems: Counter[str]
    calls: int = 0


def write_table(rows: list[Row], every: int, commit: str) -> None:
    """Replace the table by these rows; rows of scenes that were not swept now stay as they are."""
    text = PAGE.read_text("utf-8")
    head, _begin, rest = text.partition(BEGIN)
    old, _end, tail = rest.partition(END)
    kept = {line.split("|")[1].strip(): line for line in old.splitlines() if line.startswith("| ") and "|:" not in line}
    kept |= {row.scene: _line(row, every, commit) for row in rows}
    kept.pop("scene", None)
    PAGE.write_text(head + BEGIN + "\n".join([*_heading(), *kept.values()]) + "\n" + END + tail, "utf-8")


def _heading() -> list[str]:
    names = ["scene", "calls", "each", *KINDS, *WHAT.values(), "day", "machine", "version"]
    return ["| " + " | ".join(names) + " |", "|:--|" + "--:|" * (2 + len(KINDS) + len(WHAT)) + ":--|:--|:--|"]


def _line(row: Row, every: int, commit: str) -> str:
    day = datetime.now(UTC).date().isoformat()
    cells = [row.scene, str(row.calls), str(every)]
    cells += [str(row.faults[kind]) if row.faults[kind] else "–" for kind in KINDS]
    cells += [str(row.problems[kind]) for kind in WHAT]
    return "| " + " | ".join([*cells, day, _machine(), commit]) + " |"


def _machine() -> str:
    git = run(Path.cwd(), "git", "--version").stdout.split()[2]
    return f"{platform.system()} {platform.release().split('-')[0]}, git {git}, Python {platform.python_version()}"
