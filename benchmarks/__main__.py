"""The whole table: how long people wait, beside what the same machine needs to start Python or to read the same files.

    python -m benchmarks                     1,000 cards and the demo board; writes docs/benchmarks.md
    python -m benchmarks --large             10,000 cards and 55,000 commits too (minutes)
    python -m benchmarks --only "a card"     some lines, told and not written

Each line is measured as whole processes in turns with its reference: the median of five (three on the large board).
Seconds are those that pass on the clock, and budgets are judged by them: the machine is to be left alone. Beside them
stand the processor time, children included, and its ratio, which a busy machine hardly changes (`--busy` judges by it).
Exit 1 when a budget of time, memory or growth is missed, each of them named last; a peer that its registry does not
give is missed, too. A command that cannot do its work ends the run.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import least, peer
from benchmarks.boards import AS_OF, COLUMNS, ROOT, clean_environment, make
from benchmarks.table import Figure, Row, median, misses, notes_of, page

DAY = ("--as-of", AS_OF.isoformat())
CLICK, YAML, GIT = "import click", "import click, yaml", "import click, yaml, git"
PARSING = (
    "import re, sys, yaml, pathlib\n"
    "for path in pathlib.Path(sys.argv[1]).glob('*/*.md'):\n"
    "    yaml.load(path.read_text('utf-8').split('---')[1], yaml.CSafeLoader)"
)
PROGRAM = "from kanban.cli import main; main()"  # what the installed script does
WORKED = (0, 1)
"""Exit codes of a command that did its work: 1 says that a linter found something."""
LOG = ("git", "log", "--raw", "-z", "--no-renames")


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
        ("move", "carte-00990", "qualifies"),
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
        history, name = [sys.executable, "-m", "benchmarks.history", "--read", str(big)], "history, 10,000 cards, cold"
        yield Row(name, history, "`git log --raw`", [*LOG], 1.0, 3, before=forget(big))
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
    yield Row("`render`, 1,000 cards, one card moved", render, fresh, cold, 0.12, 3, before=moved(folder))
    yield Row("`render`, 1,000 cards, nothing changed", render, fresh, cold, 0.06, 3)


def edit(folder: Path, column: str) -> Callable[[], object]:
    """A card of a column, one line longer on the disk."""

    def edited() -> None:
        with next(file for file in sorted((folder / column).glob("[a-z]*.md"))).open("a", encoding="utf-8") as card:
            card.write("- noté\n")

    return edited


def moved(folder: Path) -> Callable[[], object]:
    """The next card of an open column pulled into the one after it and committed, on the day that counts as today."""
    cards = iter(sorted((folder / "offre").glob("carte-*.md")))

    def done() -> None:
        card = next(cards)
        (folder / "negociation" / card.name).write_bytes(card.read_bytes())
        card.unlink()
        commit_all(folder, card.stem)

    return done


def committed(folder: Path) -> Callable[[], object]:
    """One more commit on the day that counts as today, that moves nothing and changes one card."""

    def done() -> None:
        touch(folder)()
        commit_all(folder, "noté")

    return done


def commit_all(folder: Path, subject: str) -> None:
    dates = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), f"{AS_OF.isoformat()}T09:00:00+0200")
    for words in (("add", "--", *COLUMNS), ("commit", "-q", "-m", subject)):
        subprocess.run(
            ["git", "-C", str(folder), *words], check=True, capture_output=True, env=clean_environment() | dates
        )


def touch(folder: Path) -> Callable[[], object]:
    """One changed card in the index."""

    def staged() -> None:
        card = next((folder / "negociation").glob("*.md"))
        card.write_text(card.read_text("utf-8") + "- noté\n", "utf-8")
        subprocess.run(["git", "-C", str(folder), "add", str(card)], check=True, env=clean_environment())

    return staged


def measured(row: Row, folder: Path) -> Figure:
    """A row and its reference in turns, after one round that does not count, or two where something is at hand.

    Of a board that nothing is known of, the first asks git for all and keeps it, the second takes its part apart.
    """
    ours: list[Run] = []
    theirs: list[Run] = []
    warming = 1 if row.what.endswith(", cold") or row.least else 2
    for number in range(row.rounds + warming):
        row.before()
        one, other = run(row.command, folder, row.environment), run(row.reference, folder, row.environment)
        if number >= warming:
            ours.append(one)
            theirs.append(other)
    pairs = list(zip(ours, theirs, strict=True))
    return Figure(
        row,
        median([one.passed for one in ours]),
        median([one.passed / other.passed for one, other in pairs]),
        median([one.worked for one in ours]),
        median([one.worked / other.worked for one, other in pairs]),
        max(one.peak for one in ours),
    )


class Run(NamedTuple):
    """One run: seconds that passed and of processor time, the peak memory of its largest process in MiB."""

    passed: float
    worked: float
    peak: float


def run(command: Sequence[str], folder: Path, environment: dict[str, str]) -> Run:
    """Run a command to its end, with all that it starts."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said
        )
        _pid, status, used = os.wait4(process.pid, 0)
        passed = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in WORKED:
            said.seek(0)
            last = said.read().decode(errors="replace")[-2000:]
            raise SystemExit(f"{' '.join(command)[-300:]}\nended with {process.returncode}:\n{last}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(passed, worked, used.ru_maxrss / 1024)


def main() -> int:
    """Measure, write the page, and say what was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--large", action="store_true", help="10,000 cards too")
    parser.add_argument("--busy", action="store_true", help="judge by processor time: others work on this machine")
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
            folder = Path(row.command[4]) if "-C" in row.command or "--read" in row.command else work
            row.environment.update({**environment, **row.environment})
            figures.append(measured(row, folder))
            one = figures[-1]
            clock, worked = f"{one.seconds:8.3f} s {one.ratio:7.2f} ×", f"{one.worked:8.3f} s {one.worked_ratio:7.2f} ×"
            print(f"{row.what:60}{clock} {worked} (≤ {row.budget}) {one.peak:5.0f} MiB", flush=True)
    file = ROOT / "docs/benchmarks.md"
    if not asked.only:
        file.write_text(page(figures, notes_of(file), asked.busy), "utf-8")
    missed = list(misses(figures, asked.busy))
    if asked.large and not asked.only and not any(one.row.beside.startswith("Backlog.md") for one in figures):
        missed.append("Backlog.md could not be installed: its lines are missing")
    for one in missed:
        print(f"missed: {one}", file=sys.stderr)
    print(f"{len(missed)} budgets missed" if missed else "every budget is met", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
