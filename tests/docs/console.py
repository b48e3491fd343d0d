"""Console blocks in a guide, run as tests: every `$ command` gives the lines under it, standard error included.

`pytest --update-golden` writes what the commands give now into the guide.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

FENCE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Step:
    """One command of a block with the output that the guide shows."""

    command: str
    output: str

    @property
    def arguments(self) -> list[str]:
        return shlex.split(self.command, comments=True)


def steps_of(block: str) -> list[Step]:
    """The commands of one block, each with its output."""
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    found = []
    for part in parts:
        command, _newline, output = part.partition("\n")
        found.append(Step(command, output.rstrip("\n")))
    return found


def run_guide(path: Path, call: Callable[[list[str]], str], *, update: bool) -> list[tuple[Step, str]]:
    """Run every command of the guide in order. Returns the steps whose output differs, with what was given."""
    text = path.read_text(encoding="utf-8")
    differing: list[tuple[Step, str]] = []

    def replaced(match: re.Match[str]) -> str:
        lines = []
        for step in steps_of(match[1]):
            given = call(step.arguments).rstrip("\n")
            given = "\n".join(line.rstrip() for line in given.splitlines())
            if given != step.output:
                differing.append((step, given))
            lines.append(f"$ {step.command}" + (f"\n{given}" if given else ""))
        return "```console\n" + "\n".join(lines) + "\n```"

    rewritten = FENCE.sub(replaced, text)
    if update and differing:
        path.write_text(rewritten, encoding="utf-8")
        return []
    return differing
