"""What the pages weigh and when they are first painted, beside those that an older program makes of the same boards.

    python benchmarks/pages.py                     the demonstration and 12,000 cards, beside the site as it was
    python benchmarks/pages.py --base REVISION     beside any other
    python benchmarks/pages.py --demo              the demonstration alone (a minute)

Both programs render the same repositories. Each page of the one and of the other is loaded turn by turn, each time in
a context of its own; the least of all rounds counts, since neighbours only ever add; a page that seems to miss is
loaded up to three times as often, for one quiet moment of either side is not a ratio yet. Ratios are held to: absolute
times are those of the machine. Exit 1 where a page or a site is more than 1.3 times what it was; a poster, which no
longer drops what one sheet cannot hold, is held to it for each card that it shows.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.site import AS_OF, BROWSER, FIRST_PAINT, make_repository  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BASE = "40743de"
"""The last commit before the site had Monday, people, a search, charts that answer, a changelog and a wall screen."""

BUDGET = 1.3
PAGES = ("index.html", "metrics.html", "meetings/daily.html", "archive.html", "print/poster-a3.html")
"""The pages that both sites have, beside one page of a card."""


@dataclass
class Load:
    """The least of several loads of a page, in milliseconds: until its first paint, and what its thread worked."""

    paint: float = field(default=float("inf"))
    busy: float = field(default=float("inf"))
    weight: int = 0
    """Bytes of the page with all it asks for."""
    notes: int = 0
    """Cards on a poster; 0 on other pages."""

    @property
    def each(self) -> float:
        """Work, on a poster for each card that it shows."""
        return self.busy / (self.notes or 1)

    def take(self, paint: float, busy: float, weight: int, notes: int) -> None:
        self.paint, self.busy, self.weight, self.notes = min(self.paint, paint), min(self.busy, busy), weight, notes


def older(revision: str, place: Path) -> Path:
    """The program of a revision, with its catalogues compiled."""
    place.mkdir()
    archive = subprocess.run(["git", "-C", str(ROOT), "archive", revision], check=True, capture_output=True).stdout
    subprocess.run(["tar", "x", "-C", str(place)], input=archive, check=True)
    compiling = "from kanban.i18n.compiling import compile_catalogues; compile_catalogues()"
    subprocess.run([sys.executable, "-c", compiling], check=True, cwd=place, env=_environment(place))
    return place


def _environment(program: Path) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {
        "PYTHONPATH": str(program)
    }


def rendered(program: Path, board: Path, site: Path) -> Path:
    """The site that a program makes of a board, with nothing kept from before."""
    shutil.rmtree(board / ".git" / "kanban", ignore_errors=True)
    words = ["render", "--as-of", AS_OF.isoformat(), "--output", str(site)]
    command = [sys.executable, "-m", "kanban", "-C", str(board), *words]
    subprocess.run(command, check=True, cwd=program, capture_output=True, env=_environment(program))
    return site


def demonstration(folder: Path) -> None:
    """The example board with half a year of history."""
    from kanban.demo.story import plan_demo
    from kanban.folder.example import example_board
    from kanban.repository.planned.commits import write_history

    folder.mkdir()
    write_history(folder, plan_demo(example_board(), AS_OF))


def loaded(browser: Browser, page: Path) -> tuple[float, float, int, int]:
    """First paint, the processor time of the page's thread until it was loaded, bytes, and cards on a poster, in a new
    context."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    tab = context.new_page()
    asked: set[Path] = set()
    tab.on("request", lambda request: asked.add(Path(unquote(urlsplit(request.url).path))))
    session = context.new_cdp_session(tab)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    tab.goto(page.as_uri(), timeout=0)
    paint = tab.evaluate(FIRST_PAINT)
    told = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    notes = tab.locator(".poster .note").count()
    context.close()
    weight = sum(file.stat().st_size for file in asked if file.is_file())
    return float(paint), told["TaskDuration"] * 1000, weight, notes


def weighed(site: Path) -> int:
    """Bytes of all that is published."""
    return sum(one.stat().st_size for one in site.rglob("*") if one.is_file() and one.name != ".kanban-site.json")


def compared(browser: Browser, sites: tuple[Path, Path], rounds: int) -> Iterator[tuple[str, Load, Load]]:
    """Each page with its loads then and now, turn by turn."""
    card = sorted((sites[0] / "cards").glob("*.html"))[0].relative_to(sites[0]).as_posix()
    for name in (*PAGES, card):
        then, now = Load(), Load()
        for turn in range(3 * rounds):
            if turn >= rounds and now.paint <= BUDGET * then.paint and now.each <= BUDGET * then.each:
                break
            for site, load in ((sites[0], then), (sites[1], now))[:: 1 if turn % 2 else -1]:
                load.take(*loaded(browser, site / name))
        yield name, then, now


def tell(name: str, then: float, now: float, unit: str) -> bool:
    """A line, and whether it stays within what is allowed."""
    kept = now <= BUDGET * then
    print(
        f"    {name:64} {then:9.0f} → {now:9.0f} {unit:3} {now / then:5.2f} ×{'' if kept else '  MISSED'}", flush=True
    )
    return kept


def main() -> None:
    """Render, load and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--base", default=BASE, help="the revision to stand beside")
    parser.add_argument("--demo", action="store_true", help="the demonstration alone")
    parser.add_argument("--open", type=int, default=2000)
    parser.add_argument("--closed", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=9, help="loads of each page by each program; the least counts")
    options = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    from playwright.sync_api import sync_playwright

    kept = []
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        work = Path(temporary)
        before = older(options.base, work / "program")
        browser = playwright.chromium.launch(executable_path=chromium, args=BROWSER)
        boards = {"demonstration": demonstration}
        if not options.demo:
            boards[f"{options.open + options.closed} cards"] = lambda folder: make_repository(
                folder, options.open, options.closed
            )
        for title, make in boards.items():
            board = work / title.replace(" ", "-")
            make(board)
            sites = (
                rendered(before, board, work / f"{board.name}-then"),
                rendered(ROOT, board, work / f"{board.name}-now"),
            )
            print(f"{title}, {options.base} → now (at most {BUDGET} ×)", flush=True)
            kept.append(tell("whole site", weighed(sites[0]) / 1000, weighed(sites[1]) / 1000, "kB"))
            for name, then, now in compared(browser, sites, options.rounds):
                cards_then, cards_now = (then.notes, now.notes) if then.notes and now.notes else (1, 1)
                of = f" for each of {cards_then} → {cards_now} cards" if then.notes and now.notes else ""
                kept.append(tell(f"{name}: bytes loaded{of}", then.weight / cards_then, now.weight / cards_now, "B"))
                kept.append(tell(f"{name}: first paint", then.paint, now.paint, "ms"))
                kept.append(tell(f"{name}: worked until loaded{of}", then.each * 1000, now.each * 1000, "µs"))
        browser.close()
    sys.exit(0 if all(kept) else 1)


if __name__ == "__main__":
    main()
