"""What many boards cost together, beside each of them alone: the budgets of a board times the number of boards.

    python -m benchmarks.portfolio FOLDER                             100 boards of 1,000 cards (half an hour)
    python -m benchmarks.portfolio FOLDER --boards 6 --only list      fewer boards, one verb

The boards are copies of one that is made from a fixed seed. Cold is without an index, warm is the second time. Seconds
are processor time of all processes; the cores that worked are those seconds over the time that passed.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.__main__ import PROGRAM
from benchmarks.boards import AS_OF, clean_environment, make

DAY = ("--as-of", AS_OF.isoformat())
VERBS = ("list", "board", "metrics", "forecast", "lint", "render")
ALONE = {"lint": ("lint", "--output-format", "json")}
SAMPLE = 3
"""Boards that are asked alone; the cheapest counts."""
HEAD = "| verb | processor s, all boards | one alone | times that | passed s | one alone | cores | peak MiB | alone |"


class Cost(NamedTuple):
    """Processor seconds, seconds that passed, and the memory of the largest process in MiB."""

    seconds: float
    passed: float
    peak: float


def boards_in(work: Path, boards: int, cards: int) -> list[Path]:
    """The boards' folders, and a `portfolio.yml` that names them."""
    first = make(work / "made", cards, max(1, cards * 15 // 100))
    folders = [work / f"b{number:03}" for number in range(boards)]
    for folder in folders:
        if not folder.exists():
            subprocess.run(["git", "clone", "-q", str(first), str(folder)], check=True, env=clean_environment())
    names = ", ".join(folder.name for folder in folders)
    (work / "portfolio.yml").write_text(f"title: All\nboards: [{names}]\n", encoding="utf-8")
    return folders


def forget(folders: Sequence[Path]) -> None:
    """Remove what is kept of boards."""
    for folder in folders:
        for file in (folder / ".git/kanban").glob("index.sqlite*"):
            file.unlink()


def cost(folder: Path, *words: str) -> Cost:
    """What one run costs, with all that it starts."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-c", PROGRAM, "-C", str(folder), *words, *DAY]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read() if process.stderr else b""
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode > 1:
        raise SystemExit(f"{' '.join(words)}: {said.decode()}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(seconds, time.perf_counter() - begun, used.ru_maxrss / 1024)


def measured(work: Path, folders: Sequence[Path], verb: str) -> Iterator[str]:
    """The lines of the table about one verb: cold, then asked again."""

    def words(folder: Path) -> tuple[str, ...]:
        alone = ("render", "--output", str(work / "alone" / folder.name))
        return alone if verb == "render" else ALONE.get(verb, (verb, "--json"))

    together = ("portfolio", verb, *(("--output", str(work / "sites")) if verb == "render" else ()))
    sample = folders[:SAMPLE]
    for how in ("cold", "warm"):
        if how == "warm":
            time.sleep(2.5)  # longer than an answer must wait to be kept
            cost(work, *together)
        else:
            forget(folders)
        all_of_them = cost(work, *together)
        if how == "cold":
            forget(sample)
        else:
            [cost(folder, *words(folder)) for folder in sample]
        alone = [cost(folder, *words(folder)) for folder in sample]
        each, passed = (min(one[at] for one in alone) for at in (0, 1))
        ratio = all_of_them.seconds / (each * len(folders))
        cores = all_of_them.seconds / all_of_them.passed
        peaks = f"{all_of_them.peak:.0f} | {max(one.peak for one in alone):.0f}"
        times = f"{all_of_them.passed:.1f} | {passed:.2f} | {cores:.1f}"
        numbers = f"{all_of_them.seconds:.1f} | {each:.2f} | {ratio:.2f} | {times} | {peaks}"
        yield f"| `{verb}`, {how} | {numbers} |"


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--boards", type=int, default=100)
    parser.add_argument("--cards", type=int, default=1000)
    parser.add_argument("--only", action="append", choices=VERBS)
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    folders = boards_in(asked.folder.absolute(), asked.boards, asked.cards)
    machine = f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    lines = [f"{asked.boards} boards of {asked.cards} cards. {machine}.", "", HEAD, "|---|" + "---|" * 8]
    print("\n".join(lines), flush=True)
    for verb in asked.only or VERBS:
        for line in measured(asked.folder.absolute(), folders, verb):
            print(line, flush=True)


if __name__ == "__main__":
    main()
