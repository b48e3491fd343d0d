"""Monday morning in a real browser: four answers on a phone's first screen, each leading to what it is made of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import address, follow
from tests.browser.test_board import shown

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ANSWERS = ("#stuck", ".tiles li:nth-child(3)", "#will", ".chances li:nth-child(3)", "#act", "#news", ".news")
"""Stuck, due, will we make it with the forecast, what to act on, what changed."""


@pytest.mark.parametrize("name", ["index.html", "monday.html"])
def test_a_phone_answers_without_scrolling(site: Path, phone: Page, name: str) -> None:
    phone.goto(address(site, name))
    below = [
        answer
        for answer in ANSWERS
        if phone.evaluate("one => document.querySelector(`.monday ${one}`).getBoundingClientRect().bottom", answer)
        > 844
    ]
    assert below == []


def test_a_wider_screen_has_monday_as_a_tab_and_the_wall_to_itself(site: Path, page: Page) -> None:
    page.goto(address(site, "index.html"))
    assert not page.locator(".monday").is_visible()
    follow(page, page.locator("nav a").first)
    assert page.url.endswith("/monday.html")


def test_a_count_leads_to_its_cards(site: Path, page: Page) -> None:
    page.goto(address(site, "monday.html"))
    tile = page.locator(".tiles li").first
    count = int(tile.locator("b").inner_text())
    follow(page, tile.locator("a"))
    assert len(shown(page)) == count > 0


def test_the_changelog_says_before_and_after(site: Path, page: Page) -> None:
    page.goto(address(site, "changes.html"))
    assert page.locator(".log li").count() > 50
    assert "→" in page.locator(".log").first.inner_text()
    page.goto(address(site, "digest.html"))
    assert page.locator("#won .log a").count() > 0
