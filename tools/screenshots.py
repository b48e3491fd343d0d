"""Pictures of the site for README and docs, always the same way.

    python tools/screenshots.py [--output docs/assets]

Makes the demonstration board as of 2026-10-05, renders it, and takes each picture in a headless Chromium:
laptop, phone, dark and wall. Needs a Chromium and playwright; no picture may be larger than 300 KB. The pages use the
system's font: where that is a plain one, install Inter and let fontconfig prefer it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AS_OF = "2026-10-05"
LARGEST = 300_000
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
ARGUMENTS += ["--disable-lcd-text"]  # grey edges: right on every screen, and smaller


@dataclass(frozen=True)
class Shot:
    """One picture: which page, how large a screen, light or dark."""

    name: str
    page: str
    width: int
    height: int
    scheme: str = "light"
    scale: float = 1


SHOTS = (
    Shot("board", "index.html", 1360, 740),
    Shot("board-dark", "index.html", 1360, 740, "dark"),
    Shot("board-phone", "index.html", 390, 844, scale=2),
    Shot("board-filtered", "index.html#state=blocked", 1440, 420),
    Shot("card", "cards/hotels-corvane.html", 1200, 900),
    Shot("card-phone", "cards/acme-sso.html", 390, 844, "dark", 2),
    Shot("numbers", "metrics.html", 1280, 960),
    Shot("numbers-dark", "metrics.html", 1280, 960, "dark"),
    Shot("numbers-phone", "metrics.html", 390, 844, scale=2),
    Shot("forecast", "metrics.html#forecast", 1280, 560),
    Shot("daily", "meetings/daily.html", 1600, 900),
    Shot("flow-review", "meetings/review.html", 1440, 760),
    Shot("diagnosis", "meetings/diagnosis.html", 1440, 760),
    Shot("archive", "archive/2026.html", 1280, 720),
    Shot("poster", "print/poster-a3.html", 1600, 1180, scale=0.75),
    Shot("banners", "print/banners.html", 620, 900),
)


def kanban(folder: Path, *arguments: str) -> None:
    """Run the product."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-m", "kanban", "-C", str(folder), *arguments], check=True, env=environment)


def take(site: Path, output: Path) -> list[Path]:
    """Take every picture."""
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("there is no Chromium here: install one, or name it in CHROMIUM")
    taken = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for shot in SHOTS:
            context = browser.new_context(
                viewport={"width": shot.width, "height": shot.height},
                color_scheme="dark" if shot.scheme == "dark" else "light",
                device_scale_factor=shot.scale,
                reduced_motion="reduce",
            )
            page = context.new_page()
            path, _hash, rest = shot.page.partition("#")
            page.goto((site / path).as_uri() + (f"#{rest}" if rest else ""))
            taken.append(output / f"{shot.name}.png")
            page.screenshot(path=taken[-1])
            context.close()
        browser.close()
    return taken


def main() -> None:
    """Make the board, render it, take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "assets")
    output = parser.parse_args().output
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        board = Path(temporary) / "board"
        kanban(Path(temporary), "--lang", "fr", "demo", "board", "--as-of", AS_OF)
        kanban(board, "render", "--as-of", AS_OF)
        large = [path for path in take(board / "site", output) if path.stat().st_size > LARGEST]
    for path in large:
        print(f"{path} is larger than {LARGEST // 1000} KB")
    sys.exit(1 if large else 0)


if __name__ == "__main__":
    main()
