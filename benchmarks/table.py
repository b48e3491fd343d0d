"""The table that `python -m benchmarks` measures: its lines, what was missed, and the page on which both stand."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

SINCE = "Since the table was measured"
"""The heading of what people measured by single lines after the last table."""
GROWTH_COLD, GROWTH_WARM = 12, 3


@dataclass(frozen=True)
class Row:
    """One line of the table: what is measured, beside what, how many times as long it may take, and MiB at most."""

    what: str
    command: Sequence[str]
    beside: str
    reference: Sequence[str]
    budget: float
    rounds: int = 5
    environment: dict[str, str] = field(default_factory=dict)
    before: Callable[[], object] = lambda: None
    peak: int = 0
    least: bool = False
    """A minimal program, which tells what a budget can be held to and misses nothing itself."""


@dataclass(frozen=True)
class Figure:
    """What was measured of a row: medians in seconds on the clock and of processor time, peak memory in MiB."""

    row: Row
    seconds: float
    ratio: float
    worked: float
    worked_ratio: float
    peak: float

    def judged(self, busy: bool) -> float:
        """The ratio that the budget is for."""
        return self.worked_ratio if busy else self.ratio


def median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def page(figures: list[Figure], notes: str, busy: bool) -> str:
    """The page of the documentation."""
    git = subprocess.run(["git", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    machine = f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, {git}"
    judged = "processor time, as the machine was not left alone" if busy else "the clock"
    lines = [
        "# How long it takes",
        "",
        "Written by `python -m benchmarks`. Medians of whole processes, each in turns with its reference: seconds on",
        "the clock and how many times the reference's they are, then the same of processor time, children included.",
        f"Budgets are judged by {judged}. Peaks are those of the largest process. Measured on: {machine}.",
        "",
        *HEADING,
        *(told(one, busy) for one in figures if not one.row.least),
    ]
    return "\n".join([*lines, "", *growth(figures, busy), *limits(figures, busy), notes.strip(), ""])


HEADING = (
    "| what | seconds | beside | times | budget | processor s | times | peak MiB |",
    "|---|---|---|---|---|---|---|---|",
)


def told(one: Figure, busy: bool) -> str:
    """A line of the table; a least program misses nothing."""
    row = one.row
    late = " **missed**" if not row.least and one.judged(busy) > row.budget else ""
    beside = row.beside if row.beside.startswith(("`", "a", "t", "B")) else f'`python -c "{row.beside}"`'
    peak = f"{one.peak:.0f}" + (f", at most {row.peak}" if row.peak else "")
    heavy = " **missed**" if row.peak and one.peak > row.peak else ""
    numbers = f"{one.ratio:.2f} | {row.budget}{late} | {one.worked:.3f} | {one.worked_ratio:.2f} | {peak}{heavy}"
    return f"| {row.what} | {one.seconds:.3f} | {beside} | {numbers} |"


def limits(figures: list[Figure], busy: bool) -> Iterator[str]:
    """What minimal programs need for the same work: where they miss the budget, nobody meets it in Python."""
    found = [one for one in figures if one.row.least]
    if found:
        yield from ("The least program in Python that does the same (`benchmarks/least.py`):", "", *HEADING)
        yield from (told(one, busy) for one in found)
        yield ""


def growths(figures: list[Figure], busy: bool) -> Iterator[tuple[str, float, int]]:
    """What takes how many times as long on ten times as many cards, and how many times it may."""
    by_name = {one.row.what: one.worked if busy else one.seconds for one in figures if not one.row.least}
    for name, seconds in by_name.items():
        large = name.replace(" 1,000 ", " 10,000 ")
        if large != name and large in by_name:
            most = GROWTH_COLD if name.endswith(", cold") else GROWTH_WARM
            yield name.replace(", 1,000 cards", ""), by_name[large] / seconds, most


def growth(figures: list[Figure], busy: bool) -> Iterator[str]:
    """The line about growth."""
    told = [f"{name} {times:.1f} ×{' **missed**' * (times > most)}" for name, times, most in growths(figures, busy)]
    if told:
        yield f"From 1,000 to 10,000 cards (at most {GROWTH_COLD} × cold, {GROWTH_WARM} × warm): {'; '.join(told)}."
        yield ""


def notes_of(file: Path) -> str:
    """What stands below the table, which people write: why a budget is missed, and what would come next.

    What was measured since the last table goes: it is in this one.
    """
    text = file.read_text("utf-8") if file.exists() else ""
    parts = text.split("\n## ")[1:]
    return "\n## ".join(["", *(part for part in parts if not part.startswith(f"{SINCE}\n"))]).strip()


def misses(figures: list[Figure], busy: bool) -> Iterator[str]:
    """Every budget that was missed, of time, of memory and of growth."""
    for one in (one for one in figures if not one.row.least):
        if one.judged(busy) > one.row.budget:
            yield f"{one.row.what}: {one.judged(busy):.2f} > {one.row.budget}"
        if 0 < one.row.peak < one.peak:
            yield f"{one.row.what}: {one.peak:.0f} MiB > {one.row.peak}"
    for name, times, most in growths(figures, busy):
        if times > most:
            yield f"{name}, ten times as many cards: {times:.1f} × > {most}"
