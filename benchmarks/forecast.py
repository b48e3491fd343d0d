"""Measure the forecast methods on the simulated worlds: `python -m benchmarks.forecast [--write]`.

Prints the table; with `--write` puts it into docs/forecast.md between its markers. Same seeds, same table.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

from benchmarks.worlds import TRACK, WORLDS, World
from kanban.forecast.backtest import Backtest, Origin, backtest
from kanban.forecast.methods import CARDS, MONTE_CARLO, RECOMMENDED, SHEET, WEEKS
from kanban.forecast.models.scoring import score

SEEDS = range(1, 13)
PAGE = Path(__file__).parent.parent / "docs" / "forecast.md"
BEGIN, END = "<!-- benchmark -->", "<!-- /benchmark -->"
METHODS = (SHEET, MONTE_CARLO, WEEKS, CARDS, RECOMMENDED)
WARM_UP = timedelta(weeks=26)


def origins(world: World, seed: int) -> tuple[Origin, ...]:
    """The non-overlapping origins of one drawn world, once it has warmed up."""
    history, last = world.history(seed)
    found: Backtest = backtest(history, TRACK, last, every=4)
    begin: date = history.events[0].at.date() + WARM_UP
    return tuple(origin for origin in found.origins if origin.day >= begin)


def row(world: World) -> tuple[str, dict[str, tuple[float, float, float]], int, float]:
    """Name, then per method: pinball loss, skill against Monte Carlo, coverage; number of origins; literal coverage."""
    found = [origin for seed in SEEDS for origin in origins(world, seed)]
    scores = {name: score([(one.forecasts[name], one.outcome) for one in found]) for name in METHODS}
    reference = scores[MONTE_CARLO]
    assert reference is not None
    cells = {}
    for name, one in scores.items():
        assert one is not None
        cells[name] = (one.pinball, one.skill(reference) or 0.0, one.coverage.rate or 0.0)
    literal = sum(one.sheet_interval[0] <= one.outcome <= one.sheet_interval[1] for one in found) / len(found)
    return world.name, cells, len(found), literal


def table() -> str:
    """The table in Markdown."""
    lines = [
        "| World | origins | " + " | ".join(f"`{name}`" for name in METHODS) + " | sheet literal ± σ holds |",
        "|---|---|" + "---|" * (len(METHODS) + 1),
    ]
    for world in WORLDS:
        name, cells, count, literal = row(world)
        texts = [f"{loss:.3f} / {skill:+.2f} / {held:.0%}" for loss, skill, held in cells.values()]
        lines.append(f"| {name} | {count} | " + " | ".join(texts) + f" | {literal:.0%} |")
        print(lines[-1], file=sys.stderr, flush=True)
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the table, and write it where asked."""
    text = table()
    sys.stdout.write(text)
    if "--write" in sys.argv[1:]:
        page = PAGE.read_text(encoding="utf-8")
        before, rest = page.split(BEGIN, 1)
        _old, after = rest.split(END, 1)
        PAGE.write_text(f"{before}{BEGIN}\n{text}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
