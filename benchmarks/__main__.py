"""The whole table: how long people wait, beside what the same machine needs to start Python or to read the same files.

    python -m benchmarks                     1,000 cards and the demo board; writes docs/benchmarks.md
    python -m benchmarks --large             10,000 cards and 55,000 commits too (minutes)
    python -m benchmarks --only "a card"     some lines, told and not written

Each figure is the processor time of whole processes, children included: the median of five (three on the large board),
taken in turns with its reference, so that a busy machine makes both slow. Exit 1 when a budget of time, memory or
growth is missed, each of them named last; a command that cannot do its work ends the run.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import least, peer
from benchmarks.boards import AS_OF, ROOT, clean_environment, make

DAY = ("--as-of", AS_OF.isoformat())
CLICK, YAML, GIT = "import click", "import click, yaml", "import click, yaml, git"
PARSING = (
    "import re, sys, yaml, pathlib\n"
    "for path in pathlib.Path(sys.argv[1]).glob('*/*.md'):\n"
    "    yaml.load(path.read_text('utf-8').split('---')[1], yaml.CSafeLoader)"
)
SINCE = "Since the table was measured"
"""The heading of what people measured by single lines after the last table."""
GROWTH_COLD, GROWTH_WARM = 12, 3
PROGRAM = "from kanban.cli import main; main()"  # what the installed script does
WORKED = (0, 1)
"""Exit codes of a command that did its work: 1 says that a linter found something."""
LOG = ("git", "log", "--raw", "-z", "--no-renames")


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


def kanban(folder: Path, *words: str) -> list[str]:
    """The command line as it is installed."""
    return [sys.executable, "-c", PROGRAM, "-C", str(folder), *words]


def python(program: str, *words: str) -> list[str]:
    return [sys.executable, "-c", program, *words]


def tab(folder: Path, words: str) -> dict[str, str]:
    return {"_KANBAN_COMPLETE": "line", "_KANBAN_LINE": f"kanban -C {folder} {words}"}


def forget(folder: Path) -> Callable[[], object]:
    """Remove the index."""

    def removed() -> None:
        for file in (folder / ".git/kanban").glob("index.sqlite*"):
            file.unlink()

    return removed


def taken_back(folder: Path) -> Callable[[], object]:
    """The board as it was made, so that the next change changes something."""
    git = ["git", "-C", str(folder)]
    subprocess.run([*git, "tag", "made"], check=False, capture_output=True, env=clean_environment())
    clean = [*git, "reset", "-q", "--hard", "made"]
    return lambda: subprocess.run(clean, check=True, capture_output=True, env=clean_environment())


def settled(folder: Path) -> None:
    """The board as it was made, for longer than an answer must wait to be kept."""
    taken_back(folder)()
    time.sleep(2.5)


def rows(work: Path, large: bool) -> Iterator[Row]:
    """The table's lines."""
    demo, small = work / "demo", make(work / "1000", 1000, 150)
    if not demo.exists():
        subprocess.run([sys.executable, "-m", "kanban", "demo", str(demo), *DAY], check=True, capture_output=True)
    shown = next((demo / "negotiation").glob("[a-z]*.md")).stem
    yield Row("`kanban --help`", python(PROGRAM, "--help"), CLICK, python(CLICK), 1.3)
    yield Row(
        "TAB of a card, 1,000 cards", python(PROGRAM), YAML, python(YAML), 1.8, environment=tab(small, "move carte-009")
    )
    for words in (("list",), ("next",), ("show", shown)):
        asked = kanban(demo, *words, *DAY)
        settled(demo)
        yield Row(f"`{words[0]}`, demo board", asked, YAML, python(YAML), 2.2)
        yield Row(
            f"`{words[0]}`, demo board, a card just changed", asked, YAML, python(YAML), 2.2, before=edit(demo, "offer")
        )
    settled(small)
    everything = kanban(small, "list", "--all", "--json", *DAY)
    yield Row("`list --all --json`, 1,000 cards", everything, GIT, python(GIT), 1.6)
    gestures = (
        ("set", "carte-00999", "owner=Nadia"),
        ("note", "carte-00998", "rappelé", "--next", "devis", "--on", AS_OF.isoformat()),
    )
    for words in gestures:
        change = kanban(small, *words, *DAY)
        yield Row(f"`{words[0]}`, 1,000 cards", change, GIT, python(GIT), 2.0, before=taken_back(small))
    yield from of_board(small, "1,000", rounds=5)
    yield from of_site(small)
    yield from of_least(small, "1,000", rounds=5)
    noting = least.command(small, least.NOTE)
    yield Row("one line more, committed by git, 1,000 cards", noting, GIT, python(GIT), 2.0, before=taken_back(small),
        least=True)  # fmt: skip
    metrics = [*kanban(small, "--no-cache"), "metrics", "--json", *DAY]
    pages = least.command(small, least.SITE)
    yield Row("a page of each card, 1,000 cards", pages, "`metrics --json`, cold", metrics, 2.0, 3, least=True)
    yield Row("all templates compiled by Jinja", least.command(small, least.PAGES), "`render`, 1,000 cards, cold",
        cold_site(small), 0.12, 3, least=True)  # fmt: skip
    if large:
        big = make(work / "10000", 10_000, 1_500)
        yield from of_board(big, "10,000", rounds=3)
        yield from of_least(big, "10,000", rounds=3)
        site = kanban(big, "render", "--output", "site", *DAY)
        yield Row("`render`, 10,000 cards, cold", site, "`render`, 1,000 cards, cold", cold_site(small), 4.0, 1,
            peak=200, before=forget(big))  # fmt: skip
        yield from of_peer(work)


def of_board(folder: Path, cards: str, rounds: int) -> Iterator[Row]:
    """The lines whose time grows with the board; the peaks allowed are those of 10,000 cards."""
    settled(folder)
    parsing = python(PARSING, str(folder))
    staged = kanban(folder, "lint", "--staged", "--changed-only", *DAY)
    hook = "hook (`lint --staged --changed-only`)"
    yield Row(f"{hook}, {cards} cards", staged, GIT, python(GIT), 2.5, rounds, before=touch(folder))
    listed, lint, metrics = (kanban(folder, *words, *DAY) for words in (("list",), ("lint",), ("metrics", "--json")))
    yield Row(f"`list`, {cards} cards, a card just changed", listed, YAML, python(YAML), 2.2, rounds, peak=60,
        before=edit(folder, "offre"))  # fmt: skip
    reading = "all front matters with PyYAML's C loader"
    settled(folder)  # what was changed for the lines above is taken back
    yield Row(f"`lint`, {cards} cards, cold", lint, reading, parsing, 2.0, rounds, peak=110, before=forget(folder))
    cold = [*kanban(folder, "--no-cache"), *lint[5:]]
    yield Row(f"`lint`, {cards} cards, nothing changed", lint, "the same, cold", cold, 0.06, rounds)
    yield Row(f"`metrics --json`, {cards} cards, cold", metrics, "`git log --raw`", [*LOG], 1.5, rounds, peak=110,
        before=forget(folder))  # fmt: skip
    cold = [*kanban(folder, "--no-cache"), *metrics[5:]]
    yield Row(f"`metrics --json`, {cards} cards, asked again", metrics, "the same, cold", cold, 0.06, rounds)
    yield Row(f"`metrics --json`, {cards} cards, one more commit", metrics, "the same, cold", cold, 0.06, rounds,
        before=committed(folder))  # fmt: skip


def of_least(folder: Path, cards: str, rounds: int) -> Iterator[Row]:
    """What the least program needs for the same, beside the same references."""
    reading, log = "all front matters with PyYAML's C loader", "`git log --raw`"
    logged = ["git", "-C", str(folder), *LOG[1:]]
    lines = least.command(folder, least.CARDS)
    history = least.command(folder, least.HISTORY)
    both = least.command(folder, least.HISTORY, least.CARDS)
    figures = least.command(folder, least.HISTORY, least.CARDS, least.TOLD)
    parsing = python(PARSING, str(folder))
    yield Row(f"fields of {cards} cards by lines", lines, reading, parsing, 2.0, rounds, least=True)
    yield Row(f"fields of {cards} cards and their history", both, reading, parsing, 2.0, rounds, least=True)
    hook = least.command(folder, least.HOOK)
    yield Row(f"limits of {cards} cards, from git's index", hook, GIT, python(GIT), 2.5, rounds, least=True)
    yield Row(f"history of {cards} cards by card", history, log, logged, 1.0, rounds, least=True)
    yield Row(f"figures of {cards} cards", figures, log, logged, 1.5, rounds, least=True)
    lines = least.command(folder, least.LIST)
    yield Row(f"a line of each open card, {cards} cards", lines, YAML, python(YAML), 2.2, rounds, least=True)
    again = least.command(folder, least.AGAIN)
    cold = [*kanban(folder, "--no-cache"), "lint", *DAY]
    yield Row(f"every file looked at, one row, {cards} cards", again, "`lint`, cold", cold, 0.06, rounds, least=True)
    cold = [*kanban(folder, "--no-cache"), "metrics", "--json", *DAY]
    more = least.command(folder, least.MORE)
    yield Row(f"one row and one commit, {cards} cards", more, "`metrics --json`, cold", cold, 0.06, rounds, least=True)


def of_peer(work: Path) -> Iterator[Row]:
    """The lines beside Backlog.md, where it can be installed."""
    program = peer.installed(work)
    if program is None:
        return
    ours, few = make(work / "5000", 5_000, 5_000), make(work / "1000", 1_000, 150)
    theirs = peer.asked(peer.board(work, program, ours), program, "task", "list", "--plain")
    settled(ours)
    listed, name = kanban(ours, "list", *DAY), "Backlog.md `task list --plain`"
    yield Row("`list`, 5,000 open cards", listed, name, theirs, 0.3, 3)
    yield Row("`list`, 5,000 open cards, a card just changed", listed, name, theirs, 0.3, 3, before=edit(ours, "offre"))
    edited = peer.asked(peer.board(work, program, few), program, "task", "edit", "7", "--assignee", "Nadia")
    change = kanban(few, "set", "carte-00999", "owner=Nadia", *DAY)
    yield Row("`set`, 1,000 cards, a commit", change, "Backlog.md `task edit`", edited, 0.25, before=taken_back(few))


def cold_site(folder: Path) -> list[str]:
    return [*kanban(folder, "--no-cache"), "render", "--output", "site-cold", *DAY]


def of_site(folder: Path) -> Iterator[Row]:
    """The lines of `render`, beside itself cold."""
    render = kanban(folder, "render", "--output", "site", *DAY)
    cold = cold_site(folder)
    fresh, before = "the same, cold, elsewhere", forget(folder)
    metrics = [*kanban(folder, "--no-cache"), "metrics", "--json", *DAY]
    yield Row("`render`, 1,000 cards, cold", render, "`metrics --json`, cold", metrics, 2.0, 3, before=before)
    yield Row("`render`, 1,000 cards, one card changed", render, fresh, cold, 0.12, 3, before=committed(folder))
    yield Row("`render`, 1,000 cards, nothing changed", render, fresh, cold, 0.06, 3)


def edit(folder: Path, column: str) -> Callable[[], object]:
    """A card of a column, one line longer on the disk."""

    def edited() -> None:
        with next(file for file in sorted((folder / column).glob("[a-z]*.md"))).open("a", encoding="utf-8") as card:
            card.write("- noté\n")

    return edited


def committed(folder: Path) -> Callable[[], object]:
    """One more commit on the day that counts as today, that moves nothing and changes one card."""

    def done() -> None:
        touch(folder)()
        command = ["git", "-C", str(folder), "commit", "-q", "-m", "noté"]
        dates = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), f"{AS_OF.isoformat()}T09:00:00+0200")
        subprocess.run(command, check=True, capture_output=True, env=clean_environment() | dates)

    return done


def touch(folder: Path) -> Callable[[], object]:
    """One changed card in the index."""

    def staged() -> None:
        card = next((folder / "negociation").glob("*.md"))
        card.write_text(card.read_text("utf-8") + "- noté\n", "utf-8")
        subprocess.run(["git", "-C", str(folder), "add", str(card)], check=True, env=clean_environment())

    return staged


@dataclass(frozen=True)
class Figure:
    """What was measured of a row: medians in seconds of processor time, peak memory in MiB."""

    row: Row
    seconds: float
    ratio: float
    peak: float


def measured(row: Row, folder: Path) -> Figure:
    """A row and its reference in turns, after one round that does not count."""
    ours, ratios, peak = [], [], 0.0
    for number in range(row.rounds + 1):
        row.before()
        seconds, memory = run(row.command, folder, row.environment)
        beside, _memory = run(row.reference, folder, row.environment)
        if number:
            ours.append(seconds)
            ratios.append(seconds / beside)
            peak = max(peak, memory)
    return Figure(row, median(ours), median(ratios), peak)


def run(command: Sequence[str], folder: Path, environment: dict[str, str]) -> tuple[float, float]:
    """Seconds of processor time of a command and of those it started, and its peak memory in MiB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said
        )
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in WORKED:
            said.seek(0)
            last = said.read().decode(errors="replace")[-2000:]
            raise SystemExit(f"{' '.join(command)[-300:]}\nended with {process.returncode}:\n{last}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, used.ru_maxrss / 1024


def median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def page(figures: list[Figure], notes: str) -> str:
    """The page of the documentation."""
    git = subprocess.run(["git", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    machine = f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, {git}"
    lines = [
        "# How long it takes",
        "",
        "Written by `python -m benchmarks`. Processor time of whole processes, children included: medians, each",
        f"taken in turns with its reference. Measured on: {machine}.",
        "",
        "| what | seconds | beside | times | budget | peak MiB |",
        "|---|---|---|---|---|---|",
    ]
    for one in (one for one in figures if not one.row.least):
        kept = "" if one.ratio <= one.row.budget else " **missed**"
        beside = (
            one.row.beside if one.row.beside.startswith(("`", "a", "t", "B")) else f'`python -c "{one.row.beside}"`'
        )
        peak = f"{one.peak:.0f}" + (f", at most {one.row.peak}" if one.row.peak else "")
        heavy = " **missed**" if one.row.peak and one.peak > one.row.peak else ""
        numbers = f"{one.ratio:.2f} | {one.row.budget}{kept} | {peak}{heavy}"
        lines.append(f"| {one.row.what} | {one.seconds:.3f} | {beside} | {numbers} |")
    return "\n".join([*lines, "", *growth(figures), *limits(figures), notes.strip(), ""])


def limits(figures: list[Figure]) -> Iterator[str]:
    """What minimal programs need for the same work: where they miss the budget, nobody meets it in Python."""
    found = [one for one in figures if one.row.least]
    if found:
        yield from ("The least program in Python that does the same (`benchmarks/least.py`):", "")
        yield from ("| what | seconds | beside | times | budget | peak MiB |", "|---|---|---|---|---|---|")
    for one in found:
        numbers = f"{one.ratio:.2f} | {one.row.budget} | {one.peak:.0f}"
        yield f"| {one.row.what} | {one.seconds:.3f} | {one.row.beside} | {numbers} |"
    if found:
        yield ""


def growths(figures: list[Figure]) -> Iterator[tuple[str, float, int]]:
    """What takes how many times as long on ten times as many cards, and how many times it may."""
    by_name = {one.row.what: one.seconds for one in figures if not one.row.least}
    for name, seconds in by_name.items():
        large = name.replace(" 1,000 ", " 10,000 ")
        if large != name and large in by_name:
            most = GROWTH_COLD if name.endswith(", cold") else GROWTH_WARM
            yield name.replace(", 1,000 cards", ""), by_name[large] / seconds, most


def growth(figures: list[Figure]) -> Iterator[str]:
    """The line about growth."""
    told = [f"{name} {times:.1f} ×{' **missed**' * (times > most)}" for name, times, most in growths(figures)]
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


def main() -> int:
    """Measure, write the page, and say what was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--large", action="store_true", help="10,000 cards too")
    parser.add_argument("--only", default="", help="the lines with these words; the page is not written")
    parser.add_argument("--keep", type=Path, help="make or reuse the boards in this folder")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        work = asked.keep or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        compiled = {"PYTHONPYCACHEPREFIX": str(work / "compiled"), "PYTHONPATH": str(ROOT)}
        environment = {**clean_environment(), **compiled}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        figures = []
        for row in rows(work, asked.large):
            if asked.only not in row.what:
                continue
            folder = Path(row.command[4]) if "-C" in row.command else work
            row.environment.update({**environment, **row.environment})
            figures.append(measured(row, folder))
            print(f"{row.what:60} {figures[-1].seconds:8.3f} s {figures[-1].ratio:7.2f} × (≤ {row.budget})", flush=True)
    file = ROOT / "docs/benchmarks.md"
    if not asked.only:
        file.write_text(page(figures, notes_of(file)), "utf-8")
    missed = list(misses(figures))
    for one in missed:
        print(f"missed: {one}", file=sys.stderr)
    print(f"{len(missed)} budgets missed" if missed else "every budget is met", file=sys.stderr)
    return 1 if missed else 0


def misses(figures: list[Figure]) -> Iterator[str]:
    """Every budget that was missed, of time, of memory and of growth."""
    for one in (one for one in figures if not one.row.least):
        if one.ratio > one.row.budget:
            yield f"{one.row.what}: {one.ratio:.2f} > {one.row.budget}"
        if 0 < one.row.peak < one.peak:
            yield f"{one.row.what}: {one.peak:.0f} MiB > {one.row.peak}"
    for name, times, most in growths(figures):
        if times > most:
            yield f"{name}, ten times as many cards: {times:.1f} × > {most}"


if __name__ == "__main__":
    sys.exit(main())
