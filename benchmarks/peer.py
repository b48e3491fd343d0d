"""The same deals in Backlog.md, installed from its registry, to time what both can do: list, and change one."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from benchmarks.boards import clean_environment

PACKAGE = "backlog.md@1.52.0"
_TASK = """---
id: TASK-{number}
title: {title}
status: {status}
assignee:
  - {owner}
created_date: '2026-10-01 09:00'
labels: []
dependencies: []
ordinal: {number}000
---

## Description

<!-- SECTION:DESCRIPTION:BEGIN -->
{text}
<!-- SECTION:DESCRIPTION:END -->
"""


def installed(work: Path) -> Path | None:
    """The peer's program, installed below a folder; None where it cannot be had, which is said."""
    program = work / "peer/node_modules/.bin/backlog"
    if not program.exists():
        npm = shutil.which("npm")
        command = [
            npm or "npm",
            "install",
            "--silent",
            "--no-audit",
            "--no-fund",
            "--prefix",
            str(work / "peer"),
            PACKAGE,
        ]
        if npm is None or subprocess.run(command, check=False).returncode:
            print(f"{PACKAGE} cannot be installed here: its lines are left out")
            return None
    return program


def board(work: Path, program: Path, cards: Path) -> Path:
    """A repository of the peer with a task for each card of our board: same titles, owners and notes."""
    folder = work / f"peer-{cards.name}"
    if folder.exists():
        return folder
    subprocess.run(["git", "init", "-q", "-b", "main", str(folder)], check=True, env=clean_environment())
    begin = ("--defaults", "--agent-instructions", "none", "--check-branches", "false", "--include-remote", "false")
    subprocess.run([str(program), "init", *begin, "deals"], cwd=folder, check=True, capture_output=True)
    columns = sorted({path.parent.name for path in cards.glob("*/carte-*.md")})
    for number, path in enumerate(sorted(cards.glob("*/carte-*.md")), 1):
        front, _fence, body = path.read_text("utf-8").partition("\n---\n")
        said = dict(line.partition(": ")[::2] for line in front.split("\n"))
        status = ("To Do", "In Progress")[columns.index(path.parent.name) > 0]
        title, owner = said.get("title", path.stem), said.get("owner", "")
        text = _TASK.format(number=number, title=title, owner=owner, status=status, text=body.strip())
        name = title.replace(" ", "-")
        (folder / "backlog/tasks" / f"task-{number} - {name}.md").write_text(text, "utf-8")
    git = ["git", "-C", str(folder)]
    who = ("-c", "user.name=Zoé", "-c", "user.email=zoe@example.org")
    subprocess.run([*git, "add", "-A"], check=True, env=clean_environment())
    subprocess.run([*git, *who, "commit", "-q", "-m", "deals"], check=True, env=clean_environment())
    return folder


def asked(folder: Path, program: Path, *words: str) -> list[str]:
    """A command of the peer on its board."""
    return ["sh", "-c", 'cd "$1" && shift && exec "$@"', "sh", str(folder), str(program), *words]
