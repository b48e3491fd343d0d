"""How long reading a large board's history takes, beside git's own time for the same log, and all its numbers.

    python -m benchmarks.history                       10,000 cards, 60,000 commits, in a temporary folder
    python -m benchmarks.history --cards 500 --commits 3000 --keep DIR

Prints one JSON object of figures. Every measured read runs in a process of its own, as a command does; the
repository is built by `git fast-import` from a fixed seed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

COLUMNS = ("prospects", "qualifies", "rdv", "offre", "negociation", "gagne", "perdu")
EXITS = ("gagne", "perdu")
BOARD = "title: Benchmark\ntimezone: Europe/Paris\ncurrency: EUR\ncolumns:\n" + "".join(
    f"  - {{key: {key}, name: {key}{', kind: ' + kind if kind else ''}}}\n"
    for key, kind in zip(COLUMNS, ("", "", "", "", "", "won", "lost"), strict=True)
)
LOG = ("log", "--raw", "-z", "--no-renames")


def build(root: Path, cards: int, commits: int, merges: float = 0.02) -> None:
    """Make the repository: cards are created, moved, edited; now and then a week of work happens on a branch."""
    root.mkdir(parents=True, exist_ok=True)
    git(root, "init", "-q", "-b", "main")
    importer = subprocess.Popen(["git", "fast-import", "--quiet"], cwd=root, stdin=subprocess.PIPE)
    assert importer.stdin is not None
    for part in stream(cards, commits, merges):
        importer.stdin.write(part.encode())
    importer.stdin.close()
    assert importer.wait() == 0
    git(root, "config", "gc.auto", "0")
    git(root, "reset", "-q", "--hard", "main")


def stream(cards: int, commits: int, merges: float) -> Iterator[str]:
    """The input of fast-import."""
    chance = random.Random(2026)
    yield from first_commit()
    board = Cards(cards, commits, chance)
    at, tip, number = 1_600_000_000, 1, 1
    while number < commits:
        if chance.random() < merges:
            start, side = tip, tip
            for _step in range(chance.randint(2, 6)):
                number, at = number + 1, at + chance.randint(60, 1200)
                yield commit(number, at, side) + board.change()
                side = number
            if chance.random() < 0.5:
                number, at = number + 1, at + chance.randint(60, 1200)
                yield commit(number, at, start) + f"M 100644 inline notes.txt\ndata 4\n{number % 1000:04}\n"
                tip = number
            number, at = number + 1, at + 60
            yield commit(number, at, tip, side) + board.since(start)
        else:
            number, at = number + 1, at + chance.randint(60, 1200)
            yield commit(number, at, tip) + board.change()
        tip = number
        board.settle(tip)
    yield f"reset refs/heads/main\nfrom :{tip}\n\n"


def first_commit() -> Iterator[str]:
    yield commit(1, 1_600_000_000)
    yield f"M 100644 inline board.yml\ndata {len(BOARD)}\n{BOARD}\n"


def commit(mark: int, at: int, *parents: int) -> str:
    who = f"Zoé <z@e> {at} +0100"
    head = f"commit refs/heads/build\nmark :{mark}\nauthor {who}\ncommitter {who}\ndata 1\nx\n"
    return head + "".join(f"{'merge' if i else 'from'} :{p}\n" for i, p in enumerate(parents))


class Cards:
    """The cards of the board being built and what happens to them next."""

    def __init__(self, cards: int, commits: int, chance: random.Random) -> None:
        self.chance = chance
        self.column: dict[int, int] = {}
        self.open: list[int] = []
        self.wanted = cards
        self.birth = cards / commits * 1.03
        self.recent: list[str] = []

    def settle(self, _tip: int) -> None:
        self.recent.clear()

    def since(self, _start: int) -> str:
        """What a merge must take over from the side branch (fast-import starts from the first parent's tree)."""
        return "".join(self.recent)

    def change(self) -> str:
        made = self._change()
        self.recent.append(made)
        return made

    def _change(self) -> str:
        if len(self.column) < self.wanted and (not self.open or self.chance.random() < self.birth):
            card = len(self.column)
            self.column[card] = 0
            self.open.append(card)
            return self._file(card, 0)
        position = self.chance.randrange(len(self.open))
        card = self.open[position]
        column = self.column[card]
        if self.chance.random() < 0.25:
            return self._file(card, column)
        target = min(column + self.chance.choice([1, 1, 1, 2, 6 - column, -1 if column else 1]), 6)
        self.column[card] = target
        if COLUMNS[target] in EXITS:
            self.open[position] = self.open[-1]
            self.open.pop()
        return f"D {COLUMNS[column]}/card-{card:05}.md\n" + self._file(card, target)

    def _file(self, card: int, column: int) -> str:
        text = f"---\naccount: Account {card}\namount: {self.chance.randint(1, 99)} k€\nowner: zoe\n---\n\nNotes.\n"
        return f"M 100644 inline {COLUMNS[column]}/card-{card:05}.md\ndata {len(text.encode())}\n{text}\n"


def git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, text=True)
    return done.stdout


def read(root: Path) -> None:
    """One read in this process; prints its seconds, events and peak memory."""
    from zoneinfo import ZoneInfo

    from kanban.model.cards.layout import Layout
    from kanban.repository.git.repository import Repository
    from kanban.repository.read.log import read_history

    began = time.perf_counter()
    layout = Layout(tuple((key, key) for key in COLUMNS))
    history = read_history(Repository.find(root), prefix="", layout=layout, zone=ZoneInfo("Europe/Paris"))
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "events": len(history.events), "peak_mib": peak}))


def measured_read(root: Path) -> dict[str, float]:
    """A read in a fresh process."""
    before = work()
    command = [sys.executable, "-m", "benchmarks.history", "--read", str(root)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout), work=work() - before)


def measured_report(root: Path) -> dict[str, float]:
    """All numbers of the board, by the command that people type."""
    began, before = time.perf_counter(), work()
    command = [sys.executable, "-m", "kanban", "-C", str(root), "metrics", "--json"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return {"seconds": time.perf_counter() - began, "work": work() - before}


def measured_log(root: Path) -> dict[str, float]:
    """git's own log, thrown away."""
    began, before = time.perf_counter(), work()
    subprocess.run(["git", *LOG], cwd=root, check=True, stdout=subprocess.DEVNULL)
    return {"seconds": time.perf_counter() - began, "work": work() - before}


def work() -> float:
    """Processor seconds of all children so far: says the same on a busy machine."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def one_more_commit(root: Path) -> None:
    path = git(root, "ls-tree", "-r", "--name-only", "main", "prospects").split("\n")[0]
    index = {**os.environ, "GIT_INDEX_FILE": str(root / ".git/benchmark-index")}
    blob = git(root, "rev-parse", f"main:{path}").strip()
    for arguments in (
        ["read-tree", "main"],
        ["update-index", "--add", "--cacheinfo", f"100644,{blob},{path.replace('prospects', 'qualifies')}"],
        ["update-index", "--force-remove", path],
    ):
        subprocess.run(["git", *arguments], cwd=root, env=index, check=True)
    tree = subprocess.run(["git", "write-tree"], cwd=root, env=index, check=True, capture_output=True, text=True)
    new = git(root, "commit-tree", "-p", "main", "-m", "one more", tree.stdout.strip()).strip()
    git(root, "update-ref", "refs/heads/main", new)


def main() -> None:
    arguments = parsed()
    if arguments.read:
        read(Path(arguments.read))
        return
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(arguments.keep or temporary) / "repo"
        if not (root / ".git").exists():
            build(root, arguments.cards, arguments.commits)
        print(json.dumps(figures(root, arguments.rounds), indent=2))


def figures(root: Path, rounds: int) -> dict[str, float]:
    """All figures: medians over the rounds, git and ours taking turns."""
    logs: list[dict[str, float]] = []
    colds: list[dict[str, float]] = []
    warms: list[dict[str, float]] = []
    reports: list[dict[str, float]] = []
    warm_reports: list[dict[str, float]] = []
    for _round in range(rounds):
        logs.append(measured_log(root))
        forget(root)
        colds.append(measured_read(root))
        one_more_commit(root)
        warms.append(measured_read(root))
        forget(root)
        reports.append(measured_report(root))
        one_more_commit(root)
        warm_reports.append(measured_report(root))
    log, cold, warm, report, warm_report = (
        median(runs, "seconds") for runs in (logs, colds, warms, reports, warm_reports)
    )
    log_work, cold_work, warm_work = (median(runs, "work") for runs in (logs, colds, warms))
    return {
        "commits": int(git(root, "rev-list", "--count", "main")),
        "events": colds[-1]["events"],
        "git_log_seconds": log,
        "cold_seconds": cold,
        "cold_to_git_log": cold / log,
        "warm_seconds": warm,
        "warm_to_cold": warm / cold,
        "metrics_cold_seconds": report,
        "metrics_warm_seconds": warm_report,
        "metrics_warm_to_cold": warm_report / report,
        "git_log_work": log_work,
        "cold_work_to_git_log": cold_work / log_work,
        "warm_work_to_cold": warm_work / cold_work,
        "cold_peak_mib": max(run["peak_mib"] for run in colds),
        "warm_peak_mib": max(run["peak_mib"] for run in warms),
    }


def median(runs: list[dict[str, float]], name: str) -> float:
    return sorted(run[name] for run in runs)[len(runs) // 2]


def forget(root: Path) -> None:
    """Remove what is kept."""
    for file in (root / ".git/kanban").glob("index.sqlite*"):
        file.unlink()


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cards", type=int, default=10_000)
    parser.add_argument("--commits", type=int, default=60_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keep", help="build or reuse the repository in this folder")
    parser.add_argument("--read", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
