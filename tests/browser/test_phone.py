"""On a phone and an upright tablet: any column in one tap, the light of a target in sight, columns side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import address

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def columns(page: Page) -> list[str]:
    """The columns one can see."""
    found: list[str] = page.evaluate(
        "Array.from(document.querySelectorAll('.column')).filter(one => one.offsetHeight).map(one => one.id)"
    )
    return found


def test_the_last_column_is_one_tap_away(site: Path, phone: Page) -> None:
    phone.goto(address(site, "index.html"))
    assert columns(phone) == ["column-prospects"]
    phone.locator(".jumps a[href='#column-negociation']").tap()
    assert columns(phone) == ["column-negociation"]
    assert phone.locator(".jumps [aria-current]").inner_text().split() == ["Négociation", "4"]
    assert phone.evaluate("document.documentElement.scrollHeight") < 4000


def test_a_card_s_address_shows_its_column_and_a_filter_all_that_match(site: Path, phone: Page) -> None:
    phone.goto(address(site, "index.html#card-groupe-almadine"))
    assert columns(phone) == ["column-negociation"]
    assert phone.evaluate("document.querySelector('#card-groupe-almadine').getBoundingClientRect().top < innerHeight")
    phone.goto("about:blank")
    phone.goto(address(site, "index.html#state=blocked"))
    assert columns(phone) == ["column-qualifies", "column-rdv", "column-negociation"]


def test_without_its_script_the_strip_leads_to_columns_that_are_all_there(site: Path, bare: Page) -> None:
    bare.set_viewport_size({"width": 390, "height": 844})
    bare.goto(address(site, "index.html"))
    assert len(columns(bare)) == 6
    bare.locator(".jumps a[href='#column-negociation']").click()
    assert bare.evaluate("Math.abs(document.querySelector('#column-negociation').getBoundingClientRect().top) < 5")


def test_a_target_s_light_is_in_sight(site: Path, phone: Page) -> None:
    phone.goto(address(site, "metrics.html"))
    script = """() => Array.from(document.querySelectorAll("#targets .light"))
        .filter(one => one.getBoundingClientRect().right > innerWidth).length"""
    assert phone.locator("#targets .light").count() > 3
    assert phone.evaluate(script) == 0


@pytest.mark.parametrize("width", [768, 820])
def test_an_upright_tablet_has_columns_side_by_side(site: Path, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 1024})
    page.goto(address(site, "index.html"))
    tops = page.evaluate("Array.from(document.querySelectorAll('.column')).map(one => one.getBoundingClientRect().top)")
    assert sum(top == tops[0] for top in tops) == 3
