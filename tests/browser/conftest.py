"""One Chromium a worker, and one demonstration site for all of them; a test has a page of its own, not a browser."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.docs.day import once

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

AS_OF = date(2026, 10, 5)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--ignore-certificate-errors",  # a site that is read over https has a certificate of its own making
]


@cache
def chromium() -> str:
    """The system's Chromium; "" when there is none."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("CHROMIUM", "") or next((found for name in names if (found := shutil.which(name))), "")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a Chromium these tests are skipped with a notice; on CI they must run."""
    here = [item for item in items if "tests/browser" in item.nodeid]
    if chromium() or os.environ.get("CI") == "true":
        return
    for item in here:
        item.add_marker(pytest.mark.skip(reason="no Chromium here: install one, or name it in CHROMIUM"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    from playwright.sync_api import sync_playwright

    assert chromium(), "CI must have a Chromium"
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration board with half a year of history, rendered as the command does it."""
    return once(tmp_path_factory, "browser", _demonstration) / "board" / "site"


def _demonstration(place: Path) -> None:
    from kanban.demo.story import plan_demo
    from kanban.folder.example import example_board
    from kanban.repository.planned.commits import write_history

    folder = place / "board"
    folder.mkdir()
    write_history(folder, plan_demo(example_board(), AS_OF))
    _break_some_cards(folder)
    from kanban.cli import cli
    from kanban.commands.base.calling.entry import run

    code = run(cli, ["-C", str(folder), "render", "--as-of", AS_OF.isoformat()])
    assert code == 0, sys.stderr


def _break_some_cards(folder: Path) -> None:
    """A lived-in board: one card late, one without a date, one that cannot be read, one with a hostile title."""
    late = folder / "offre" / "optique-rivadel.md"
    late.write_text(late.read_text(encoding="utf-8").replace("2026-10-06", "2026-10-01"), encoding="utf-8")
    (folder / "prospects" / "sans-suite.md").write_text("---\naccount: Sans Suite\n---\n", encoding="utf-8")
    (folder / "qualifies" / "casse.md").write_text("---\naccount: [Cassé\n---\n", encoding="utf-8")
    hostile = "---\naccount: '<script>document.title=1</script>'\nnext_action: x\nnext_action_date: 2026-10-09\n---\n"
    (folder / "rdv" / "hostile.md").write_text(hostile, encoding="utf-8")


@pytest.fixture(scope="session")
def laptop(browser: Browser) -> BrowserContext:
    """Where the pages of all tests are opened: a context costs more than a page, and the site keeps nothing in it."""
    return browser.new_context(viewport={"width": 1440, "height": 900}, locale="fr-FR")


@pytest.fixture
def page(laptop: BrowserContext) -> Iterator[Page]:
    """A fresh laptop-sized page."""
    yield from _page(laptop)


@pytest.fixture(scope="session")
def pocket(browser: Browser) -> BrowserContext:
    """The same on a phone."""
    return browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)


@pytest.fixture
def phone(pocket: BrowserContext) -> Iterator[Page]:
    """A fresh page of 390 × 844, touched."""
    yield from _page(pocket)


@pytest.fixture(scope="session")
def unscripted(browser: Browser) -> BrowserContext:
    """The same without scripts."""
    return browser.new_context(viewport={"width": 1440, "height": 900}, java_script_enabled=False)


@pytest.fixture
def bare(unscripted: BrowserContext) -> Iterator[Page]:
    """A fresh laptop-sized page on which no script runs."""
    yield from _page(unscripted)


def _page(context: BrowserContext) -> Iterator[Page]:
    found = context.new_page()
    yield found
    for one in context.pages:  # a test may have opened a second window
        one.close()


def some(request: pytest.FixtureRequest, pages: Sequence[str], step: int) -> Sequence[str]:
    """In the suite the first of so many pages and each `step`th after it; in a sweep all."""
    return pages if request.config.getoption("--sweep") else pages[::step]


def follow(page: Page, link: Locator) -> None:
    """Click a link to another page and wait for that page; a click alone returns while it is still on its way."""
    with page.expect_navigation():
        link.click()


def address(site: Path, name: str) -> str:
    """The file address of a page of the site."""
    path, _hash, rest = name.partition("#")
    return (site / path).as_uri() + (f"#{rest}" if rest else "")
