"""How long a hand waits: from a card put down to the commit, from the address to the board, and memory over a long day.

    python -m benchmarks.hands [--cards 1000] [--open 1000] [--gestures 40] [--paint 2000]

Makes throw-away boards, serves them as `kanban serve` does, and asks over HTTP as the page does. Times are medians with
the slowest beside them; memory is what the server's process holds after each tenth of the gestures. First paint is what
a Chromium tells of a board of `--paint` open cards (0: not asked), from going to its address until something is seen:
just after the server said its address, again, and just after a card was edited; beside it until the cards had come, and
the server's processor time.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks.boards import clean_environment, make
from benchmarks.site import BROWSER, FIRST_PAINT

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext


class Page:
    """What the page asks its server."""

    def __init__(self, address: str) -> None:
        found = re.fullmatch(r"http://([^/]+)/([^/]+)/", address)
        assert found is not None
        self.host, self.key = found.groups()

    def get(self, path: str) -> bytes:
        """One question."""
        connection = http.client.HTTPConnection(self.host, timeout=60)
        connection.request("GET", f"/{self.key}/{path}")
        answer = connection.getresponse()
        data = answer.read()
        assert answer.status == 200, data[:200]
        return data

    def post(self, name: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """One gesture."""
        connection = http.client.HTTPConnection(self.host, timeout=60)
        headers = {"Origin": f"http://{self.host}", "Content-Type": "application/json"}
        connection.request("POST", f"/{self.key}/hand/{name}", json.dumps(body), headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())


def memory(process: int) -> float:
    """What a process holds, in MB; 0 where the system does not tell."""
    try:
        text = Path(f"/proc/{process}/status").read_text("ascii")
    except OSError:
        return 0
    found = re.search(r"VmRSS:\s+(\d+)", text)
    return int(found[1]) / 1024 if found else 0


def timed(work: Any) -> tuple[float, Any]:
    """Milliseconds, and what came of it."""
    began = time.perf_counter()
    found = work()
    return (time.perf_counter() - began) * 1000, found


def said(name: str, times: list[float]) -> None:
    """One line of the table."""
    print(f"{name:42} {median(times):7.0f} ms {max(times):7.0f} ms  ({len(times)})")


def main() -> None:
    """Make, serve, ask, tell."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--cards", type=int, default=1000)
    parser.add_argument("--open", type=int, default=1000, dest="still_open")
    parser.add_argument("--gestures", type=int, default=40)
    parser.add_argument("--paint", type=int, default=2000)
    asked = parser.parse_args()
    print(f"{'':42} {'median':>10} {'slowest':>10}")
    with tempfile.TemporaryDirectory() as temporary:
        if asked.gestures:
            with served(make(Path(temporary) / "board", asked.cards, asked.still_open)) as (address, process):
                ask(Page(address), process, asked.gestures)
        if asked.paint:
            paint(make(Path(temporary) / "large", asked.paint, asked.paint))


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, int]]:
    """`kanban serve` on the board: its address as soon as it says it, and its process."""
    environment = clean_environment() | {"PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "kanban", "-C", str(folder), "serve", "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip(), server.pid
        finally:
            server.terminate()


def paint(folder: Path) -> None:
    """First paint of a board in a browser that is open already."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("first paint: no Chromium here")
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        context = playwright.chromium.launch(executable_path=chromium, args=BROWSER).new_context(
            viewport={"width": 1440, "height": 900}
        )
        first_painted(context, folder)  # a browser's own first page costs more than each later one
        said_of_paint("server just started", [first_painted(context, folder) for _again in range(3)])
        with served(folder) as (address, process):
            painted(context, address)
            began = processor_time(process)
            said_of_paint("again", [painted(context, address) for _again in range(7)])
            print(f"{'  server, processor time each':42} {(processor_time(process) - began) / 7:7.0f} ms")
            file, changed = next(folder.glob("*/*.md")), []
            for number in range(5):
                file.write_bytes(file.read_bytes() + b"\n- %d\n" % number)
                changed.append(painted(context, address))
            said_of_paint("a card was just edited", changed)


def said_of_paint(when: str, found: list[tuple[float, float]]) -> None:
    """Two lines of the table."""
    said(f"first paint, {when}", [paint for paint, _cards in found])
    said("  its cards have come", [cards for _paint, cards in found])


def first_painted(context: BrowserContext, folder: Path) -> tuple[float, float]:
    """The same of the page of a server that has only said its address."""
    with served(folder) as (address, _process):
        return painted(context, address)


def painted(context: BrowserContext, address: str) -> tuple[float, float]:
    """Milliseconds from going to the page until something is seen, and until it has come with its first cards."""
    page = context.new_page()
    page.goto(address)
    found: float = page.evaluate(FIRST_PAINT)
    come: float = page.evaluate("performance.getEntriesByType('navigation')[0].responseEnd")
    page.wait_for_selector("#new-line")
    page.close()
    return found, come


def processor_time(process: int) -> float:
    """Milliseconds that a process and those it waited for have worked; 0 where the system does not tell."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(map(int, fields[11:15])) * 1000 / os.sysconf("SC_CLK_TCK")


def ask(page: Page, server: int, gestures: int) -> None:
    """The questions of a page, and many gestures."""
    said("board, first time", [timed(lambda: page.get("index.html"))[0]])
    said("board, again", [timed(lambda: page.get("index.html"))[0] for _again in range(5)])
    wall = json.loads(page.get("hand/wall"))
    showing = wall["showing"]
    first = next(column["key"] for column in wall["columns"] if column["open"])
    cards = [card for card in wall["cards"] if card["column"] == first][:gestures]
    times: dict[str, list[float]] = {"places of a held card": [], "put down → committed": [], "→ on the screen": []}
    held, sent, worked = [], 0, 0.0
    for number in range(gestures):
        card = cards[number % len(cards)]["id"]
        times["places of a held card"].append(timed(lambda card=card: page.get(f"hand/places?card={card}"))[0])
        words = (
            {"cards": [card], "until": "+30d"}
            if number % 2 == 0
            else {"card": cards[(number - 1) % len(cards)]["id"], "reason": "back"}
        )
        gesture = "park" if number % 2 == 0 else "reopen"
        began = processor_time(server)
        spent, (status, document) = timed(lambda g=gesture, w=words: page.post("gesture", {"gesture": g, "words": w}))
        assert status == 200, document
        worked += processor_time(server) - began
        times["put down → committed"].append(spent)
        spent, data = timed(lambda known=showing: page.get(f"hand/wall?showing={known}&know=1"))
        times["→ on the screen"].append(spent)
        showing, sent = json.loads(data)["showing"], max(sent, len(data))
        if number % max(1, gestures // 10) == 0:
            held.append(memory(server))
    for name, values in times.items():
        said(name, values)
    print(f"{'  of it processor time, each':42} {worked / gestures:7.0f} ms")
    print(f"{'sent after a gesture, at most':42} {sent / 1000:7.0f} kB")
    print(f"{'memory, after each tenth':42} {' '.join(f'{one:.0f}' for one in [*held, memory(server)])} MB")


if __name__ == "__main__":
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    main()
