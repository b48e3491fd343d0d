"""The moving picture of `kanban serve` for README and docs, always the same way.

    make picture, or: python tools/moving_picture.py [--output docs/assets/serve.gif]

Makes the demonstration board as of 2026-10-05, serves it, drags two cards in a headless Chromium, types a new one, and
puts the pictures together. Needs a Chromium, playwright and Pillow.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parent.parent
AS_OF = "2026-10-05"
WIDTH, HEIGHT, SHOWN = 1360, 720, 820
Frame = tuple[Image.Image, int]
"""A picture and how long it stands, in ms."""


def shot(page: Page, milliseconds: int) -> Frame:
    """What is on the screen."""
    picture = Image.open(io.BytesIO(page.screenshot()))
    return picture.convert("RGB").resize((SHOWN, SHOWN * HEIGHT // WIDTH), Image.Resampling.LANCZOS), milliseconds


def drag(page: Page, card: str, column: str) -> Iterator[Frame]:
    """A card on its way into a column."""
    one = page.locator(f'[data-card="{card}"]').bounding_box()
    target = page.locator(f'.columns section[data-column="{column}"]').bounding_box()
    assert one is not None  # noqa: S101 - the demonstration board has it
    assert target is not None  # noqa: S101
    x, y = one["x"] + 60, one["y"] + 20
    end_x, end_y = target["x"] + 80, target["y"] + 190
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 12, y + 6)
    page.wait_for_selector(".verdict")
    for part in (0.1, 0.4, 0.7, 1):
        page.mouse.move(x + (end_x - x) * part, y + (end_y - y) * part)
        yield shot(page, 900 if part == 1 else 350)
    page.mouse.up()
    page.wait_for_timeout(700)


def story(page: Page) -> Iterator[Frame]:
    """What is shown: a drop that is free, one that asks, a line for a new card."""
    yield shot(page, 1200)
    yield from drag(page, "assurances-belmaure", "negociation")
    yield shot(page, 1800)
    yield from drag(page, "mutuelle-orsenne", "rdv")
    page.wait_for_selector("dialog.ask")
    yield shot(page, 1400)
    page.check("dialog.ask input[type=checkbox] >> nth=0")
    yield shot(page, 700)
    page.click("dialog.ask button.primary")
    page.wait_for_timeout(800)
    yield shot(page, 1500)
    line = "ACME, démo demain 10h, 28k 40% #salon @zoé"
    for end in (12, 26, len(line)):
        page.fill("#new-line", line[:end])
        page.wait_for_timeout(500)
        yield shot(page, 600 if end < len(line) else 2200)


def main() -> None:
    """Make the board, serve it, take the picture."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "assets" / "serve.gif")
    output = parser.parse_args().output
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    for role in ("AUTHOR", "COMMITTER"):
        environment |= {f"GIT_{role}_NAME": "Zoé Martin", f"GIT_{role}_EMAIL": "zoe@example.org"}
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        kanban = [sys.executable, "-m", "kanban", "-C", temporary]
        subprocess.run([*kanban, "--lang", "fr", "demo", "board", "--as-of", AS_OF], check=True, env=environment)
        served = [*kanban[:-1], f"{temporary}/board", "serve", "--no-open", "--as-of", AS_OF]
        with subprocess.Popen(served, stdout=subprocess.PIPE, text=True, env=environment) as server:
            assert server.stdout is not None  # noqa: S101 - it is a pipe
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, reduced_motion="reduce")
            page.goto(server.stdout.readline().strip())
            page.wait_for_selector("#new-line")
            frames = list(story(page))
            browser.close()
            server.terminate()
    pictures = [
        picture.quantize(48, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE) for picture, _ms in frames
    ]
    times = [milliseconds for _picture, milliseconds in frames]
    pictures[0].save(output, save_all=True, append_images=pictures[1:], duration=times, loop=0, optimize=True)
    print(f"{output}: {output.stat().st_size // 1000} KB, {len(frames)} pictures")


if __name__ == "__main__":
    main()
