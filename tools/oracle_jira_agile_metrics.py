"""Compare our numbers with those of jira-agile-metrics 0.24, an independent tool that knows nothing of git.

    python tools/oracle_jira_agile_metrics.py                        the golden nine-card board and a demo board
    python tools/oracle_jira_agile_metrics.py --board DIR --as-of 2025-03-31
    python tools/oracle_jira_agile_metrics.py --python ENV/bin/python   an environment that has the tool already

It makes an environment of its own (the tool needs pandas < 2), exports each board, tells the tool its moves as if they
were a Jira changelog, and compares figure by figure. Exit code 1 when anything differs that the two definitions do not
explain. The differences that they do explain are undone first:

- its cycle time is a difference of dates, ours counts both days: ours = its + 1; the same for the age of open cards;
- it keeps a lost or parked card in progress for ever: such cards are left out where it has no word for them;
- it takes a column's first entry and forgets later columns when a card goes back: time in columns and cumulative flow
  are compared on the cards that only ever moved right;
- its weeks are asked for as `1W-SUN`, which ends them on Sunday as ISO weeks end; it knows none before its first win;
- a block set and lifted by us at whatever hour is told to it late in the evening, its days being dates too;
- its percentiles interpolate: the cycle times themselves are compared, card by card, not their percentiles.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
NEEDS = ("jira-agile-metrics==0.24", "pandas<2", "numpy<2", "setuptools<81")
Facts = dict[str, Any]


def main() -> int:
    """Compare every board; 0 when nothing differs."""
    parser = argparse.ArgumentParser(description="Compare our numbers with those of jira-agile-metrics 0.24.")
    parser.add_argument("--board", type=Path, help="a board in a git repository")
    parser.add_argument("--as-of", default="2025-03-31")
    parser.add_argument("--python", type=Path, help="an interpreter that has jira-agile-metrics")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        interpreter = asked.python or make_environment(Path(folder) / "environment")
        boards = [(asked.board, asked.as_of)] if asked.board else make_boards(Path(folder))
        return max(compare(board, as_of, interpreter) for board, as_of in boards)


def make_environment(folder: Path) -> Path:
    """A fresh environment with the tool in it."""
    print(f"installing {', '.join(NEEDS)} …")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", *NEEDS], check=True)
    return python


def make_boards(folder: Path) -> list[tuple[Path, str]]:
    """The golden board and a demo board with a year of history."""
    sys.path.insert(0, str(ROOT))
    from tests.golden_nine import AS_OF, build

    demo = folder / "demo"
    kanban("--lang", "fr", "demo", str(demo), "--as-of", "2026-10-05", "--weeks", "52")
    return [(build(folder / "golden"), AS_OF), (demo, "2026-10-05")]


def kanban(*arguments: str) -> str:
    """Run our command line and return what it printed."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "kanban", *arguments], env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout


def compare(board: Path, as_of: str, interpreter: Path) -> int:
    """Print one line a figure; 1 when one differs."""
    ours = exported(board, as_of)
    asked = subprocess.run(
        [interpreter, __file__, "--answer"], input=json.dumps(ours), check=True, capture_output=True, text=True
    )
    theirs = json.loads(asked.stdout)
    failed = 0
    print(f"\n{board.name} as of {as_of}: {len(ours['cards'])} cards, {len(ours['events'])} events")
    for name, figure in FIGURES.items():
        mine, other = figure(ours, theirs)
        same = mine == other
        failed |= not same
        size = len(mine) if isinstance(mine, dict | list) else mine
        print(f"  {'equal ' if same else 'DIFFER'}  {name}: {size}" + ("" if same else f"\n    {mine}\n    {other}"))
    print(f"  theirs, for the record: interpolated p50/85/95 of the difference of dates {theirs['quantiles']}")
    return failed


def exported(board: Path, as_of: str) -> Facts:
    """Our tables and figures for a board."""
    lines = kanban("-C", str(board), "export", "-", "--format", "jsonl", "--as-of", as_of)
    metrics = json.loads(kanban("-C", str(board), "metrics", "--json", "--as-of", as_of))
    found: Facts = {"as_of": as_of, "metrics": metrics, "cards": {}, "events": [], "stays": {}, "columns": []}
    for record in map(json.loads, lines.splitlines()):
        kind = record["record"]
        if kind == "card":
            found["cards"][record["card"]] = record
        elif kind == "event":
            found["events"].append(record)
        elif kind == "stay":
            found["stays"].setdefault(record["card"], []).append(record)
        elif kind == "column":
            found["columns"].append(record)
    with tempfile.TemporaryDirectory() as folder:
        kanban("-C", str(board), "metrics", "--csv", folder, "--as-of", as_of)
        with (Path(folder) / "blocks.csv").open(encoding="utf-8-sig", newline="") as file:
            found["blocks"] = list(csv.DictReader(file))
    return found


# -- the figures: ours and theirs, differences of definition undone ------------------------------------------------


def cycle_times(ours: Facts, theirs: Facts) -> tuple[object, object]:
    """Days of each won card."""
    mine = {name: card["cycle_days"] for name, card in ours["cards"].items() if card["outcome"] == "won"}
    return mine, {name: theirs["cycle_days"][name] + 1 for name in mine}


def weekly_wins(ours: Facts, theirs: Facts) -> tuple[object, object]:
    """Wins per complete week, from the week of the first win on."""
    mine = {week["week"]: week["won"] for week in ours["metrics"]["throughput"]["weeks"]}
    return mine, {week: theirs["wins"].get(week, 0) for week in mine}


def ages(ours: Facts, theirs: Facts) -> tuple[object, object]:
    """Age of each card in progress."""
    mine = {one["card"]: one["age_days"] for one in ours["metrics"]["age"]}
    return mine, {name: theirs["ages"][name] + 1 for name in mine if name in theirs["ages"]}


def lost_cards_in_their_wip(ours: Facts, theirs: Facts) -> tuple[object, object]:
    """Which cards it takes to be in progress and we do not: exactly the lost, parked and deleted ones."""
    closed = {name for name, card in ours["cards"].items() if card["outcome"] in ("lost", "parked", "deleted")}
    mine = {one["card"] for one in ours["metrics"]["age"]}
    return sorted(closed), sorted(set(theirs["ages"]) - mine)


def blocked_days(ours: Facts, theirs: Facts) -> tuple[object, object]:
    """Days under a block label, of each card that was ever blocked."""
    mine: dict[str, int] = {}
    for block in ours["blocks"]:
        mine[block["card"]] = mine.get(block["card"], 0) + int(block["days"])
    return mine, {name: theirs["blocked_days"][name] for name in mine}


def straight(ours: Facts) -> list[str]:
    """Cards that only ever moved right, and whose ends it has a word for."""
    position = {column["column"]: column["position"] for column in ours["columns"]}
    exits = {column["column"] for column in ours["columns"] if column["kind"] in ("lost", "parked")}
    found = []
    for name, stays in ours["stays"].items():
        places = [position[stay["column"]] for stay in stays]
        gone = ours["cards"][name]["outcome"] == "deleted" or any(stay["column"] in exits for stay in stays)
        if places == sorted(places) and not gone:
            found.append(name)
    return sorted(found)


def cumulative(ours: Facts, theirs: Facts) -> tuple[object, object]:
    """Cumulative flow of the straight cards, every day and column."""
    kinds = {column["column"]: column["kind"] for column in ours["columns"]}
    lines = [column["column"] for column in ours["columns"] if column["kind"] in ("open", "won")]
    order = {column: at for at, column in enumerate(lines)}
    chosen = straight(ours)
    mine: dict[str, dict[str, int]] = {}
    for text in theirs["cfd"]:
        mine[text] = {
            line: sum(
                any(
                    order[stay["column"]] >= order[line] and stay["since"] <= text
                    for stay in ours["stays"][name]
                    if kinds[stay["column"]] in ("open", "won")
                )
                for name in chosen
            )
            for line in lines
        }
    return mine, theirs["cfd"]


def first_columns(ours: Facts, theirs: Facts) -> tuple[object, object]:
    """Day of entry into each column, of the straight cards."""
    chosen = straight(ours)
    mine = {name: {stay["column"]: stay["since"] for stay in ours["stays"][name]} for name in chosen}
    return mine, {name: theirs["entered"][name] for name in chosen}


FIGURES: dict[str, Callable[[Facts, Facts], tuple[object, object]]] = {
    "cycle time of each won card": cycle_times,
    "wins per week": weekly_wins,
    "age of each open card": ages,
    "blocked days of each card": blocked_days,
    "cards it keeps in progress for ever": lost_cards_in_their_wip,
    "day of entry into each column": first_columns,
    "cumulative flow, every day": cumulative,
}


# -- inside the other environment ----------------------------------------------------------------------------------


def answer() -> None:
    """Read our facts from standard input, ask the tool, print its figures. Imports the tool, never kanban."""
    import datetime

    from jira_agile_metrics.calculators.cfd import calculate_cfd_data
    from jira_agile_metrics.calculators.cycletime import calculate_cycle_times
    from jira_agile_metrics.calculators.throughput import calculate_throughput

    ours = json.load(sys.stdin)
    names = [column["column"] for column in ours["columns"] if column["kind"] in ("open", "won")]
    won = {column["column"] for column in ours["columns"] if column["kind"] == "won"}
    steps = [("_backlog", "backlog")] + [(name, "complete" if name in won else "accepted") for name in names]
    cycle = [{"name": name, "statuses": [name], "type": kind} for name, kind in steps]
    today = datetime.datetime.fromisoformat(ours["as_of"])

    def times(cards: list[str]) -> Any:
        manager = _manager([_issue(name, ours) for name in cards])
        done = sorted(won)[0]
        return calculate_cycle_times(manager, cycle, {}, "_backlog", done, [{"jql": ""}], None, now=today)

    every = times(sorted(ours["cards"]))
    closed = every.dropna(subset=["cycle_time"])
    weekly = calculate_throughput(every, "1W-SUN")["count"]
    flow = calculate_cfd_data(times(straight(ours)), names) if straight(ours) else None
    cycle_days = {row.key: row.cycle_time.days for row in closed.itertuples()}
    found = {
        "cycle_days": cycle_days,
        "quantiles": [round(closed.cycle_time.dt.days.quantile(share), 2) for share in (0.5, 0.85, 0.95)],
        "wins": {_week(day.date()): int(count) for day, count in weekly.items()},
        "ages": _ages(every, names, sorted(won), today.date()),
        "blocked_days": {row["key"]: int(row["blocked_days"]) for _at, row in every.iterrows()},
        "entered": {row["key"]: _days(row, names) for _at, row in every.iterrows()},
        "cfd": {} if flow is None else {
            day.date().isoformat(): {name: int(row[name]) for name in names} for day, row in flow.iterrows()
        },
    }  # fmt: skip
    print(json.dumps(found))


def _week(sunday: date) -> str:
    year, week, _weekday = sunday.isocalendar()
    return f"{year:04d}-W{week:02d}"


def _days(row: Any, names: list[str]) -> dict[str, str]:
    return {name: row[name].date().isoformat() for name in names if row[name] == row[name] and row[name] is not None}


def _ages(every: Any, names: list[str], won: list[str], today: date) -> dict[str, int]:
    """As its ageing calculator has it: not done, and the days since the first column was entered."""
    found = {}
    for _at, row in every.iterrows():
        entered = _days(row, names)
        if not any(name in entered for name in won) and entered:
            first = min(date.fromisoformat(day) for day in entered.values())
            found[row["key"]] = (today - first) // timedelta(days=1)
    return found


def _manager(issues: list[Any]) -> Any:
    from jira_agile_metrics.querymanager import QueryManager

    jira = SimpleNamespace(
        _options={"server": "https://example.org"},
        fields=lambda: [{"id": "status", "name": "Status"}, {"id": "flagged", "name": "Flagged"}],
        search_issues=lambda _jql, **_options: issues,
    )
    return QueryManager(jira, {"attributes": {}, "known_values": {}, "max_results": None})


def _flag(day: str, before: str | None, after: str) -> Any:
    """A change of the flag, late in the day: after the day's moves."""
    item = SimpleNamespace(field="Flagged", fromString=before, toString=after)
    return SimpleNamespace(created=f"{day}T23:59:59", items=[item])


def _issue(name: str, ours: Facts) -> Any:
    """A card as Jira would tell it: created in its first column, then one change a move, in local time."""
    stays = ours["stays"][name]
    moves = [(stay["entered"][:19], stay["column"]) for stay in stays]
    changes = [
        SimpleNamespace(created=at, items=[SimpleNamespace(field="status", fromString=before, toString=column)])
        for (_before_at, before), (at, column) in pairwise(moves)
    ]
    for block in ours["blocks"]:
        if block["card"] == name:
            changes.append(_flag(block["since"], None, "Impediment"))
            if block["ended"] == "true":
                changes.append(_flag(block["until"], "Impediment", ""))
    now = moves[-1][1]
    fields = SimpleNamespace(
        created=moves[0][0],
        summary=name,
        status=SimpleNamespace(name=now, value=now),
        issuetype=SimpleNamespace(name="deal"),
        resolution=None,
        resolutiondate=None,
        flagged=None,
    )
    return SimpleNamespace(key=name, fields=fields, changelog=SimpleNamespace(histories=changes))


if __name__ == "__main__":
    if "--answer" in sys.argv:
        answer()
    else:
        sys.exit(main())
