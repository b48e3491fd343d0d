"""The figures that a person sees in a browser are those of the documents: same value, same days, everywhere."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from kanban.cli import cli
from kanban.i18n.catalogue import use_language
from kanban.metrics.figure_wording import interval_text, value_text, window_text
from tests.browser.conftest import AS_OF, address, some
from tests.metrics.test_one_figure import figure_of

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.fixture(scope="module")
def seen(laptop: BrowserContext, site: Path) -> dict[str, str]:
    """What stands on each page that shows figures, as it can be marked and copied, every fold open."""
    found = {}
    page = laptop.new_page()
    for name in ("index.html", "metrics.html", "meetings/review.html"):
        page.goto(address(site, name))
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        found[name] = flat(page.evaluate("getSelection().selectAllChildren(document.body), getSelection().toString()"))
    page.close()
    return found


def test_scripts_change_no_figure_on_any_page(site: Path, page: Page, request: pytest.FixtureRequest) -> None:
    """What a page holds is held against the documents without a browser (tests/metrics); here it is what is seen."""
    found = sorted(site.rglob("*.html"))
    kinds = {path.parent if path.parent.name in ("cards", "people", "views", "print") else path: path for path in found}
    assert len(kinds) > 16
    for name in some(request, [path.relative_to(site).as_posix() for path in kinds.values()], 3):
        path = site / name
        page.goto(address(site, name))
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        text = re.sub(r"(?s)<(script|style)\b.*?</\1>", " ", path.read_text("utf-8"))
        written = re.sub("<[^>]+>", " ", text) + re.sub("<[^>]+>", "", text)  # a mark may stand inside a number
        seen = set(NUMBER.findall(page.locator("body").inner_text()))
        assert seen <= set(NUMBER.findall(unescape(written))), path.name


NUMBER = re.compile(r"\d+(?:[,.\u00a0\u202f]\d+)*")


def document(site: Path, verb: str) -> dict[str, Any]:
    done = CliRunner().invoke(cli, ["-C", str(site.parent), verb, "--json", "--as-of", AS_OF.isoformat()])
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_every_target_is_seen_with_the_value_interval_and_days_of_the_document(
    site: Path, seen: dict[str, str]
) -> None:
    rows = [row for row in document(site, "metrics")["targets"] if row["value"] is not None]
    assert len(rows) > 5
    with use_language("fr"):
        for row in rows:
            figure = figure_of(row)
            assert row["name"] in seen["metrics.html"], row["name"]
            for text in (value_text(figure, short=True), interval_text(figure), window_text(figure)):
                assert flat(text) in seen["metrics.html"], (row["name"], text)


def test_counts_are_seen_as_list_has_them(site: Path, seen: dict[str, str]) -> None:
    """What is not committed is on the board, and in no number."""
    cards = document(site, "list")["cards"]
    for column in json.loads((site / "board.json").read_text("utf-8"))["columns"]:
        count = sum(card["column"] == column["key"] for card in cards)
        if count:
            assert re.search(rf"{re.escape(column['name'])}\D*{count}\b", seen["index.html"]), column["key"]


def test_the_forecast_that_is_seen_is_the_one_of_the_document(site: Path, seen: dict[str, str]) -> None:
    middle = document(site, "forecast")["recommended"]["p50"]
    assert re.search(rf"Prévision\s+{middle}\b", seen["metrics.html"]), middle
