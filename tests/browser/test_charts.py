"""Charts that answer: marks say their value to a mouse, a finger and the arrow keys, and nothing moves for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import address

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ANSWERING = (
    "throughput", "cycle-time", "ageing", "net-flow", "funnel", "months", "loss-reasons", "blockers", "slips", "outcomes",
    "calibration", "reliability", "pit",
)  # fmt: skip


def test_marks_say_their_value_without_a_script(site: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address(site, "metrics.html"))
    dumb = [name for name in ANSWERING if not page.locator(f"#{name} .drawing title").count()]
    context.close()
    assert dumb == []


def test_arrow_keys_walk_from_mark_to_mark(site: Path, page: Page) -> None:
    page.goto(address(site, "metrics.html"))
    drawing = page.locator("#throughput .drawing")
    drawing.focus()
    page.keyboard.press("ArrowRight")
    first = drawing.locator(".said").inner_text()
    page.keyboard.press("ArrowRight")
    second = drawing.locator(".said").inner_text()
    titles = drawing.locator("path title").all_text_contents()
    assert [first, second] == [" ".join(title.split(" ")) for title in titles[:2]]
    assert drawing.locator(".told").count() == 1


def test_a_finger_beside_a_dot_gets_its_card(site: Path, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(address(site, "metrics.html"))
    dot = page.locator("#ageing .drawing a path").first
    dot.scroll_into_view_if_needed()
    box = dot.bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + box["width"] + 2, box["y"] + box["height"] / 2)
    link = page.locator("#ageing .said a")
    assert link.is_visible()
    found = link.bounding_box()
    assert found is not None
    assert found["height"] >= 44
    link.tap()
    page.wait_for_url("**/cards/*.html")
    context.close()


def test_nothing_moves_when_charts_begin_to_answer(site: Path, browser: Browser) -> None:
    heights = []
    for blocked in (True, False):
        context = browser.new_context(viewport={"width": 1280, "height": 844})
        page = context.new_page()
        if blocked:
            page.route("**/charts.js", lambda route: route.abort())
        page.goto(address(site, "metrics.html"))
        heights.append(page.evaluate("document.documentElement.scrollHeight"))
        context.close()
    assert heights[0] == heights[1]
