"""Meetings in a real browser: names instead of slugs, charts in place, commands to copy, no endless page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import address

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_the_review_has_its_charts_and_no_keys(site: Path, page: Page) -> None:
    page.goto(address(site, "meetings/review.html"))
    assert page.locator("#trend .drawing svg").is_visible()
    assert page.locator("#conversion .drawing svg").is_visible()
    said = page.locator("main").inner_text()
    assert "■" not in said
    assert not re.search(r"[0-9]{4}-W[0-9]{2}", said)
    assert "indicateur\u202f: throughput" not in said


def test_no_sentence_of_a_meeting_names_a_card_by_its_slug(site: Path, page: Page) -> None:
    slugs = {file.stem for file in (site / "cards").glob("*-*.html")}
    for name in ("daily", "weekly", "review", "workshop"):
        page.goto(address(site, f"meetings/{name}.html"))
        said = page.evaluate("Array.from(document.querySelectorAll('.points p')).map(one => one.textContent).join(' ')")
        assert not slugs & set(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+", said)), name
        assert not re.search(r"\[[a-z]+_[a-z_]+\]", page.locator("main").inner_text()), name


def test_every_command_is_copied_as_it_stands(site: Path, page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(address(site, "meetings/daily.html"))
    assert page.locator(".copy").count() == page.locator(".points .typed code").count() > 0
    page.locator(".copy").first.click()
    page.locator(".copy", has_text=page.locator("body").get_attribute("data-copied")).wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(".points .typed code").first.inner_text()


def test_an_option_of_a_command_is_never_torn_apart(site: Path, page: Page) -> None:
    page.goto(address(site, "meetings/daily.html"))
    torn = (
        """Array.from(document.querySelectorAll('.typed span')).filter(one => one.getClientRects().length > 1).length"""
    )
    assert page.locator(".typed span").count() > 4
    for width in (390, 500, 1024, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(torn) == 0


def test_without_scripts_no_button_stands_beside_a_command(site: Path, bare: Page) -> None:
    bare.goto(address(site, "meetings/daily.html"))
    assert bare.locator(".typed code").first.is_visible()
    assert not bare.locator(".copy").first.is_visible()
