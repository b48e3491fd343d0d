"""Filters say what they show: counts, sums, signals; and their addresses are ones a person can type."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import address
from tests.browser.test_board import shown

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.sweep]


def owned(page: Page, owner: str) -> list[str]:
    """The ids of the cards whose face names the owner."""
    found: list[str] = page.evaluate(
        "owner => Array.from(document.querySelectorAll('.card'))"
        ".filter(card => (card.querySelector('abbr') || {}).title === owner).map(card => card.id)",
        owner,
    )
    return found


def test_a_person_is_found_by_name(site: Path, page: Page) -> None:
    page.goto(address(site, "index.html"))
    page.fill("#search", "zoe")
    assert set(owned(page, "Zoé")) <= set(shown(page))
    assert len(owned(page, "Zoé")) >= 8


@pytest.mark.parametrize("key", ["zoe", "Zo%C3%A9", "zoe-d92562a3"])
def test_an_owner_stands_in_the_address_as_one_types_it(site: Path, page: Page, key: str) -> None:
    page.goto(address(site, f"index.html#owner={key}"))
    assert shown(page) == owned(page, "Zoé")
    assert page.locator("[data-filter=owner]").input_value() == "zoe"


def test_an_owner_whom_nobody_knows_is_named_and_so_are_those_there_are(site: Path, page: Page) -> None:
    page.goto(address(site, "index.html#owner=claire"))
    assert shown(page) == []
    said = " ".join(page.locator(".nothing").inner_text().split())
    assert said == "Aucune carte : « claire » n’est pas sur ce tableau, seulement Inès, Karim, Paul, Zoé."
    page.keyboard.press("Escape")
    page.goto(address(site, "index.html#owner=zoe&q=nothing-has-this-name"))
    assert page.locator(".nothing").inner_text() == "Aucune carte ne correspond à cette recherche."


@pytest.mark.parametrize("typed", ["100%", "%E9", "%", "a%20b", "caf%C3%A9"])
def test_no_address_stops_the_script(site: Path, page: Page, typed: str) -> None:
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address(site, f"index.html#q={typed}"))
    assert page.locator(".tools").is_visible()
    assert said == []


def test_heads_say_count_and_sums_of_what_is_shown(site: Path, page: Page) -> None:
    page.goto(address(site, "index.html"))
    heads = "Array.from(document.querySelectorAll('.column .sums')).map(one => one.textContent)"
    before = page.evaluate(heads)
    column = page.locator("#column-negociation")
    page.select_option("[data-filter=owner]", label="Zoé")
    assert column.locator(".count").inner_text() == "2 sur 4"
    assert column.locator(".sums").inner_text() == "75\u00a0k€ · pondéré 49,9\u00a0k€"
    page.locator(".clear").click()
    assert page.evaluate(heads) == before
    assert column.locator(".count").inner_text().replace("\n", "") == "4 / 5"


def test_sums_over_all_cards_are_those_of_the_page(site: Path, page: Page) -> None:
    page.goto(address(site, "index.html"))
    heads = "Array.from(document.querySelectorAll('.column:not(.exits) .sums')).map(one => one.textContent)"
    before = page.evaluate(heads)
    page.goto("about:blank")
    page.goto(address(site, "index.html#q=%20"))
    assert page.locator(".columns.filtered").count() == 1
    assert page.evaluate(heads) == before


def test_lanes_cut_the_wall_and_follow_the_filters(site: Path, page: Page) -> None:
    page.goto(address(site, "index.html"))
    before = shown(page)
    page.select_option("[data-lanes]", value="owner")
    assert page.url.endswith("#by=owner")
    lanes = "Array.from(document.querySelectorAll('.lane')).filter(one => !one.hidden).map(one => one.textContent)"
    assert sorted(shown(page)) == sorted(before)
    heads = page.evaluate(lanes)
    assert [head.split()[0] for head in heads] == ["Inès", "Karim", "Paul", "Zoé", "sans"]
    assert sum(int(head.split()[1]) for head in heads) == len(before)
    tops = page.evaluate("Array.from(document.querySelectorAll('.cell')).map(one => one.getBoundingClientRect().top)")
    assert len(set(tops)) == len(heads), "a lane lies across all columns"
    page.select_option("[data-filter=owner]", label="Zoé")
    assert [head.split()[:2] for head in page.evaluate(lanes)] == [["Zoé", "8"]]
    assert "pondéré" in page.evaluate(lanes)[0]
    page.goto("about:blank")
    page.goto(address(site, "index.html#by=class&q=corvane"))
    assert [head.split()[:2] for head in page.evaluate(lanes)] == [["Standard", "1"]]
    page.select_option("[data-lanes]", value="")
    page.locator(".clear").click()
    assert shown(page) == before
