"""How the site grows: a board of 2,000 open and 10,000 closed cards with two years of history.

    python benchmarks/site.py [--open 2000] [--closed 10000]

Prints the time of a full build (`kanban render` without anything kept), the time after one changed card as a share of
it, in a new process and while watching, edited only and committed, the size of the board page, and, with a Chromium at
hand, its first contentful paint. Ratios are taken in one run, of the least of several rounds: neighbours only ever add.
Absolute times depend on the machine.
"""

from __future__ import annotations

import argparse
import gc
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
AS_OF = date(2026, 10, 5)
PARIS = ZoneInfo("Europe/Paris")
COLUMNS = ("prospects", "qualifies", "rdv", "offre", "negociation")
BROWSER = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]

FIRST_PAINT = """new Promise(done => new PerformanceObserver(list =>
    list.getEntriesByName("first-contentful-paint").forEach(one => done(one.startTime))
).observe({ type: "paint", buffered: true }))"""
"""Waits for the paint without asking again and again, which the pages' policy would refuse."""


def card(number: int, closed: bool) -> str:
    """A card with the fields people fill, and two notes."""
    day = AS_OF + timedelta(days=number % 40 - 5)
    lines = [
        "---",
        f"title: Maintenance du site {number}",
        f"account: Société {number} et fils",
        f"contact: Mme Martin {number}",
        "" if closed else f"next_action: Rappeler pour le devis {number}",
        "" if closed else f"next_action_date: {day.isoformat()}",
        f"amount: {number % 90 + 2} k€",
        f"probability: {number % 9 * 10 + 10} %",
        f"owner: {('Zoé', 'Karim', 'Inès', 'Paul')[number % 4]}",
        f"close_date: {(day + timedelta(days=30)).isoformat()}",
        f"class: {('standard', 'standard', 'standard', 'fixed-date', 'partner')[number % 5]}",
        "lost_reason: price" if closed and number % 2 else "",
        "---",
        "## Notes",
        "",
        "### 2026-09-01 — appel",
        "",
        "- Besoin confirmé, budget à valider.",
        "- Objection prix.",
        "",
    ]
    return "\n".join(line for at, line in enumerate(lines) if line or at > 12)


def commits(open_cards: int, closed_cards: int) -> Iterator[bytes]:
    """The fast-import stream: cards are created, then pulled, a batch a day over two years."""
    start = datetime.combine(AS_OF - timedelta(days=730), datetime.min.time(), PARIS).replace(hour=10)
    config = (ROOT / "example-board" / "board.yml").read_bytes()
    config = re.sub(rb"(wip: )\d+", rb"\g<1>1000", config)
    total = open_cards + closed_cards
    yield commit(start, [change("board.yml", config)])
    for number in range(total):
        closed = number < closed_cards
        text = card(number, closed).encode()
        at = start + timedelta(days=number * 690 / total)
        name = f"carte-{number:05}.md"
        yield commit(at, [change(f"prospects/{name}", text)])
        place = "prospects"
        steps = COLUMNS[1:] if closed else COLUMNS[1 : number % 5 + 1]
        for step, column in enumerate([*steps, *((("gagne", "perdu")[number % 2],) if closed else ())], 1):
            moved = at + timedelta(days=3 * step)
            yield commit(moved, [f"D {place}/{name}\n".encode(), change(f"{column}/{name}", text)])
            place = column


def change(path: str, data: bytes) -> bytes:
    return f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n"


def commit(at: datetime, changes: list[bytes]) -> bytes:
    who = f"Zoé Martin <zoe@example.org> {int(at.timestamp())} {at.strftime('%z')}"
    head = f"commit refs/heads/main\nauthor {who}\ncommitter {who}\ndata 4\nstep\n".encode()
    return head + b"".join(changes) + b"\n"


def make_repository(folder: Path, open_cards: int, closed_cards: int) -> None:
    """Write the history without checking anything out in between."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    subprocess.run(["git", "init", "-q", "-b", "main", str(folder)], check=True, env=clean)
    feed = subprocess.Popen(
        ["git", "-C", str(folder), "fast-import", "--quiet", "--date-format=raw"], stdin=subprocess.PIPE, env=clean
    )
    assert feed.stdin is not None
    for data in commits(open_cards, closed_cards):
        feed.stdin.write(data)
    feed.stdin.close()
    assert feed.wait() == 0
    subprocess.run(["git", "-C", str(folder), "reset", "-q", "--hard"], check=True, env=clean)


class Commands:
    """Renders as a person does who types `kanban render` again and again: each time in a new process."""

    def __init__(self, folder: Path, compiled: Path) -> None:
        """Modules are kept compiled in a folder, as an installed program has them."""
        self.folder = folder
        self.environment = os.environ | {"PYTHONPYCACHEPREFIX": str(compiled)}
        self.environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def run(self) -> float:
        """Seconds of processor time of one command, its own children included."""
        begun = _processor_time()
        command = [sys.executable, "-m", "kanban", "-C", str(self.folder), "render", "--as-of", AS_OF.isoformat()]
        subprocess.run(command, check=True, cwd=ROOT, capture_output=True, env=self.environment)
        return _processor_time() - begun


class Watcher:
    """Renders as `kanban render --watch` does: again and again in one process, with what is still known."""

    def __init__(self, folder: Path) -> None:
        from kanban.cli import COLLECT
        from kanban.commands.base.calling.invocation import Settings
        from kanban.commands.base.session import Session
        from kanban.commands.publish.render import worked_out
        from kanban.folder.site_writing import SiteFolder

        gc.set_threshold(*COLLECT)
        settings = Settings()
        settings.directory = str(folder)
        self.output = folder / "site"
        self.session = Session(settings, AS_OF.isoformat())
        self.known = worked_out(self.session)
        self.site = SiteFolder(self.output, self.known)

    def run(self) -> float:
        """Seconds of processor time of one round, children included."""
        from kanban.commands.base.session import Session
        from kanban.commands.publish.render import gather
        from kanban.render.site import plan

        begun = _processor_time()
        session = Session(self.session.settings, AS_OF.isoformat(), self.session.kept)
        assert session.config
        self.site.update(plan(gather(session, "internal", output=self.output, known=self.known)))
        self.known.save()
        return _processor_time() - begun


def _processor_time() -> float:
    """Of this process and of those it waited for; wall time would measure the neighbours too."""
    import resource

    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def afresh(folder: Path, renderer: Commands) -> float:
    """Seconds of a full build, with nothing kept from before."""
    shutil.rmtree(folder / "site", ignore_errors=True)
    shutil.rmtree(folder / ".git" / "kanban", ignore_errors=True)
    return renderer.run()


def after(measure: Callable[[], float], settle: Callable[[], float]) -> float:
    """What was measured; then the site is rendered as it was before, uncounted."""
    seconds = measure()
    settle()
    return seconds


def edited(card: Path, run: Callable[[], float]) -> float:
    """Seconds to render after an edit that is not committed; it is taken back afterwards."""
    text = card.read_text(encoding="utf-8")
    card.write_text(text.replace("Rappeler", "Appeler"), encoding="utf-8")
    seconds = run()
    card.write_text(text, encoding="utf-8")
    return seconds


def moved(folder: Path, cards: Iterator[Path], run: Callable[[], float]) -> float:
    """Seconds to render after the next card was moved and committed, as a gesture does; it is taken back afterwards.

    Each time another card: of one and the same move all drawings would be known.
    """
    card = next(cards)
    git = ["git", "-C", str(folder), "-c", "user.name=Zoé", "-c", "user.email=zoe@example.org"]
    when = f"{AS_OF.isoformat()}T12:00:00+02:00"
    dated = os.environ | {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    subprocess.run([*git, "mv", str(card), str(folder / "gagne")], check=True)
    subprocess.run([*git, "-c", "commit.gpgsign=false", "commit", "-qm", "gagne"], check=True, env=dated)
    seconds = run()
    subprocess.run([*git, "reset", "-q", "--hard", "HEAD~1"], check=True)
    return seconds


def first_paint(page: Path) -> float | None:
    """Median first contentful paint of five loads, in milliseconds; None without a Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    if chromium is None:
        return None
    times = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=BROWSER)
        for _round in range(5):
            tab = browser.new_page(viewport={"width": 1440, "height": 900})
            tab.goto(page.as_uri())
            times.append(tab.evaluate(FIRST_PAINT))
            tab.close()
        browser.close()
    return float(sorted(times)[2])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--open", type=int, default=2000)
    parser.add_argument("--closed", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3, help="times that each is measured; the least counts")
    parser.add_argument("--keep", type=Path, default=None, help="keep the repository here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary) / "board"
        if not folder.exists():
            make_repository(folder, options.open, options.closed)
        cards = iter(sorted((folder / "negociation").glob("carte-*.md")))
        card = next(cards)
        print(f"cards                         {options.open} open, {options.closed} closed", flush=True)
        commands = Commands(folder, Path(temporary) / "compiled")
        full = min(afresh(folder, commands) for _round in range(2))
        print(f"full build                    {full:.1f} s of processor time", flush=True)
        for kind, renderer in (("in a new process", commands), ("while watching", Watcher(folder))):
            renderer.run()
            rounds = {
                "nothing changed": renderer.run,
                "one card edited": partial(edited, card, renderer.run),
                "one card moved, committed": partial(moved, folder, cards, renderer.run),
            }
            print(f"{kind}, as a share of the full build (at most 0.2)")
            for name, measure in rounds.items():
                seconds = min(after(measure, renderer.run) for _round in range(options.rounds))
                print(f"    {name:25} {seconds:.1f} s, {seconds / full:.2f}", flush=True)
        page = folder / "site" / "index.html"
        print(f"board page                    {page.stat().st_size / 1e6:.2f} MB (at most 1.5)")
        paint = first_paint(page)
        if paint is not None:
            print(f"first contentful paint        {paint:.0f} ms (at most 1000)")


if __name__ == "__main__":
    main()
