"""A wall screen at 1920 × 1080: nothing scrolls, nothing is cut, pages turn by themselves, and keys lead through them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import address

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SHOWN = """() => Array.from(document.querySelectorAll(".shown :is(.card, .points > li, .tiles li, .headlines li, .drawing, .answers section)"))
    .filter(one => one.offsetHeight)"""
BELOW = f"""() => ({SHOWN})().filter(one => one.getBoundingClientRect().bottom >
    document.querySelector(".presenter").getBoundingClientRect().top).map(one => one.textContent.slice(0, 40))"""
CARDS = "Array.from(document.querySelectorAll('.shown .card')).filter(one => one.offsetHeight).map(one => one.id)"


@pytest.fixture
def wall(browser: Browser) -> Iterator[Page]:
    """A large screen with a clock that is wound by hand."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    page = context.new_page()
    page.clock.install()
    yield page
    context.close()


def place(page: Page) -> str:
    """What the foot of the screen says."""
    return page.locator(".presenter output").inner_text()


def test_pages_turn_by_themselves_show_every_card_and_never_scroll(site: Path, wall: Page) -> None:
    wall.goto(address(site, "screen.html"))
    places, cards, below = [place(wall)], set[str](), list[str]()
    for _turn in range(8):
        cards.update(wall.evaluate(CARDS))
        below += wall.evaluate(BELOW)
        assert wall.evaluate("document.documentElement.scrollHeight <= innerHeight")
        wall.clock.run_for(20_000)
        if place(wall) in places:
            break
        places.append(place(wall))
    assert [one.split(" ")[0] for one in places] == ["Lundi", "Tableau", "Tableau", "Chiffres"]
    assert below == []
    board = wall.context.new_page()  # the screen may still be on its way to begin anew
    board.goto(address(site, "index.html"))
    assert cards == set(board.evaluate("Array.from(document.querySelectorAll('.card')).map(one => one.id)"))


def test_a_presenter_s_keys_lead_on_back_and_out(site: Path, wall: Page) -> None:
    wall.goto(address(site, "meetings/weekly.html"))
    assert not wall.locator(".presenter").is_visible()
    wall.keyboard.press("p")
    assert place(wall).endswith("1 / 4")
    wall.keyboard.press("End")
    last = place(wall)
    wall.keyboard.press("Home")
    seen = {place(wall)}
    for _turn in range(12):
        assert wall.evaluate(BELOW) == []
        wall.keyboard.press("PageDown")
        seen.add(place(wall))
    assert last in {one.split(" (")[0] for one in seen}
    wall.keyboard.press("2")
    assert place(wall).split(" (")[0].endswith("2 / 4")
    wall.clock.run_for(120_000)
    assert place(wall).split(" (")[0].endswith("2 / 4"), "a meeting goes at its own pace"
    wall.keyboard.press("Escape")
    assert not wall.locator(".presenter").is_visible()
    assert wall.locator(".step").nth(3).is_visible()


def test_a_screen_pauses_and_without_scripts_stands_whole(site: Path, wall: Page, bare: Page) -> None:
    wall.goto(address(site, "screen.html"))
    wall.locator(".turning").click()
    before = place(wall)
    wall.clock.run_for(120_000)
    assert place(wall) == before
    bare.set_viewport_size({"width": 1920, "height": 1080})
    bare.goto(address(site, "screen.html"))
    assert bare.locator(".card").count() == 32
    assert bare.locator("#figures .drawing svg").last.is_visible()
