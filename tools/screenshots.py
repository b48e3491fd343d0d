"""Pictures of the site for README and docs: `python tools/screenshots.py` writes docs/assets/*.png.

Needs a Chromium; the board is the demo board as of 2026-10-05, so that pictures change only when pages do.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent
ASSETS = ROOT / "docs" / "assets"
AS_OF = "2026-10-05"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]

PICTURES = (
    ("board", "index.html", 1366, 820, "light"),
    ("board-dark", "index.html", 1366, 820, "dark"),
    ("board-phone", "index.html", 390, 844, "light"),
    ("card", "cards/acme-sso.html", 1100, 900, "light"),
    ("card-phone", "cards/acme-sso.html", 390, 844, "dark"),
    ("numbers", "metrics.html", 1366, 1000, "light"),
    ("numbers-dark", "metrics.html", 1366, 1000, "dark"),
    ("numbers-phone", "metrics.html", 390, 844, "light"),
    ("daily", "meetings/daily.html", 1366, 820, "light"),
    ("poster", "print/poster-a3.html", 1366, 900, "light"),
)
"""Name, page, width, height, colour scheme. A page that the site does not have is an error."""


def main() -> int:
    """Render the demo board and take every picture."""
    program = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )
    if program is None:
        print("no Chromium found: install one (Debian: chromium)", file=sys.stderr)
        return 2
    ASSETS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        board, site = Path(folder, "demo"), Path(folder, "site")
        kanban = [sys.executable, "-m", "kanban"]
        subprocess.run([*kanban, "demo", str(board), "--as-of", AS_OF], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        render = [*kanban, "-C", str(board), "render", "--output", str(site), "--as-of", AS_OF]
        subprocess.run(render, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
            for picture in PICTURES:
                _take(browser, site, *picture)
            browser.close()
    return 0


def _take(browser: Browser, site: Path, name: str, page: str, width: int, height: int, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if scheme == "dark" else "light"
    )
    tab = context.new_page()
    tab.goto((site / page).as_uri())
    tab.screenshot(path=ASSETS / f"{name}.png")
    context.close()


if __name__ == "__main__":
    sys.exit(main())
