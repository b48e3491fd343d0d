"""Measure the forecast on real series: `python -m benchmarks.forecast_real DIR [--library] [--write]`.

Every CSV file in DIR has the columns `id,start,end,kind`: dates, the end empty while a case is open, kind `won` or
`lost`. Each becomes a board of three columns in a git repository of its own, read as any board is; its origins up to
its last day are scored as `benchmarks.forecast_rows` says. `--library` adds AutoETS of statsforecast, where that is
installed, on the sums of h weeks. `--write` puts the table into docs/forecast.md. The series stay where they are.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.forecast import write
from benchmarks.forecast_rows import HORIZONS, Library, header, origins, row
from kanban.forecast.ensemble.counts import LEVELS, Quantiles, Z
from kanban.metrics.base.track import Track
from kanban.model.cards.layout import Layout
from kanban.model.history.events import History
from kanban.repository.git.repository import Repository
from kanban.repository.read.log import read_history

TRACK = Track({"prospects": "open", "won": "won", "lost": "lost"}, "prospects")
_BOARD = """\
title: Series
timezone: UTC
columns:
  - {key: prospects, name: Prospects}
  - {key: won, name: Won, kind: won}
  - {key: lost, name: Lost, kind: lost}
"""
_HOURS = {"new": 9, "won": 17, "lost": 18}


def board(series: Path, root: Path) -> tuple[History, date]:
    """The history of a board made from a series in an empty folder, and the last day on which anything happened."""
    days: dict[tuple[date, str], list[str]] = {}
    with series.open(encoding="utf-8") as lines:
        for case in csv.DictReader(lines):
            start = date.fromisoformat(case["start"])
            days.setdefault((start, "new"), []).append(case["id"])
            if case["end"]:
                days.setdefault((max(start, date.fromisoformat(case["end"])), case["kind"]), []).append(case["id"])
    subprocess.run(["git", "init", "-q", "-b", "main", str(root)], check=True)
    told = "".join(_commits(days)).encode()
    subprocess.run(["git", "-C", str(root), "fast-import", "--quiet"], input=told, check=True)
    layout = Layout(tuple((key, key) for key in TRACK.kinds))
    history = read_history(Repository.find(root), prefix="", layout=layout, zone=ZoneInfo("UTC"))
    return history, max(day for day, _kind in days)


def _commits(days: dict[tuple[date, str], list[str]]) -> Iterator[str]:
    first = min(day for day, _kind in days)
    yield _commit(first - timedelta(days=1), "new", "board") + _file("board.yml", _BOARD)
    for day, kind in sorted(days, key=lambda pair: (pair[0], _HOURS[pair[1]])):
        yield _commit(day, kind, f"{len(days[day, kind])} {kind}")
        for case in days[day, kind]:
            text = f"---\ntitle: Case {case}\n---\n"
            if kind == "new":
                yield _file(f"prospects/{case}.md", text)
            else:
                yield f"D prospects/{case}.md\n" + _file(f"{kind}/{case}.md", text)


def _commit(day: date, kind: str, message: str) -> str:
    at = int(datetime.combine(day, time(_HOURS[kind]), UTC).timestamp())
    return f"commit refs/heads/main\ncommitter Series <series@example.com> {at} +0000\n{_data(message)}"


def _file(path: str, text: str) -> str:
    return f"M 100644 inline {path}\n{_data(text)}"


def _data(text: str) -> str:
    return f"data {len(text.encode())}\n{text}\n"


def ets(weekly: Sequence[int], ahead: int) -> Quantiles:
    """AutoETS of statsforecast on sums of h weeks one step ahead; below eight sums, the last of them."""
    import numpy
    from statsforecast.models import AutoETS

    sums = [sum(weekly[at : at + ahead]) for at in range(len(weekly) % ahead, len(weekly), ahead)]
    if len(sums) < 8 or len(set(sums)) == 1:
        return (float(sums[-1]),) * len(LEVELS)
    found = AutoETS(season_length=1).forecast(numpy.array(sums, dtype=float), h=1, level=[80])
    middle, high = float(found["mean"][0]), float(found["hi-80"][0])
    spread = (high - middle) / Z[LEVELS.index(0.9)]
    return tuple(max(0.0, middle + z * spread) for z in Z)


def table(folder: Path, library: Library | None) -> str:
    """The table in Markdown, a line per series and horizon."""
    lines = [header(*(["statsforecast"] if library else []))]
    for series in sorted(folder.glob("*.csv")):
        with tempfile.TemporaryDirectory() as root:
            history, last = board(series, Path(root) / "board")
        name = series.stem.removesuffix("_cases")
        lines += [row(name, ahead, origins(history, TRACK, last, ahead, library)) for ahead in HORIZONS]
    return "\n".join([*lines, ""])


def main() -> None:
    """Print the table, and write it where asked."""
    parser = argparse.ArgumentParser(description="Measure the forecast on real series.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--library", action="store_true", help="compare with statsforecast too")
    parser.add_argument("--write", action="store_true", help="put the table into docs/forecast.md")
    asked = parser.parse_args()
    text = table(asked.folder, ets if asked.library else None)
    sys.stdout.write(text)
    if asked.write:
        write("real", text)


if __name__ == "__main__":
    main()
