"""Measure the forecast on the simulated worlds: `python -m benchmarks.forecast [--write]`.

Prints the table of `benchmarks.forecast_rows`; with `--write` puts it into docs/forecast.md between its markers. Same
seeds, same table.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.forecast_rows import HORIZONS, header, origins, row
from benchmarks.worlds import TRACK, WORLDS

SEEDS = range(1, 4)
PAGE = Path(__file__).parent.parent / "docs" / "forecast.md"


def line(place: int, ahead: int) -> str:
    """The line of one world, all its boards together."""
    world, found = WORLDS[place], []
    for seed in SEEDS:
        history, last = world.history(seed)
        found += origins(history, TRACK, last, ahead)
    return row(world.name, ahead, found)


def table() -> str:
    """The table in Markdown."""
    asked = [(place, ahead) for place in range(len(WORLDS)) for ahead in HORIZONS]
    with ProcessPoolExecutor() as pool:
        lines = list(pool.map(line, *zip(*asked, strict=True)))
    return "\n".join([header(), *lines, ""])


def write(name: str, text: str) -> None:
    """Put a table into the page, between its markers."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, rest = PAGE.read_text(encoding="utf-8").split(begin, 1)
    PAGE.write_text(f"{before}{begin}\n{text}{end}{rest.split(end, 1)[1]}", encoding="utf-8")


def main() -> None:
    """Print the table, and write it where asked."""
    text = table()
    sys.stdout.write(text)
    if "--write" in sys.argv[1:]:
        write("worlds", text)


if __name__ == "__main__":
    main()
