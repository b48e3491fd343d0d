"""The search in every page: open and closed cards, notes, people; offline, folded, with the line that was found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import address

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.sweep]

PAGES = (
    "index.html",
    "cards/acme-sso.html",
    "metrics.html",
    "meetings/daily.html",
    "archive/2026.html",
    "people/zoe.html",
)


def find(page: Page, text: str) -> list[str]:
    """The addresses found, best first."""
    page.fill(".find input", text)
    page.wait_for_selector(".results:not([hidden]) .count")
    found: list[str] = page.evaluate("Array.from(document.querySelectorAll('.results a')).map(one => one.href)")
    return found


@pytest.mark.parametrize("name", PAGES)
def test_every_page_finds_a_card_by_its_notes(site: Path, page: Page, name: str) -> None:
    page.goto(address(site, name))
    (first, *_rest) = find(page, "reversibilite")
    assert first == address(site, "cards/hotels-corvane.html")
    assert page.locator(".results mark").first.inner_text().lower() == "réversibilité"


def test_a_lost_card_is_found_by_what_was_noted(site: Path, page: Page) -> None:
    lost = next(
        file for file in (site.parent / "perdu").rglob("*.md") if "## Notes" in file.read_text(encoding="utf-8")
    )
    note = next(line.strip("- ") for line in reversed(lost.read_text(encoding="utf-8").splitlines()) if len(line) > 20)
    page.goto(address(site, "archive.html"))
    assert address(site, f"cards/{lost.stem}.html") in find(page, f"{note} {lost.stem.split('-')[-1]}")


def test_a_person_is_found_with_her_page_first_among_names(site: Path, page: Page) -> None:
    page.goto(address(site, "archive.html"))
    assert find(page, "zoe")[0] == address(site, "people/zoe.html")


def test_nothing_found_is_said_and_the_keys_lead_there_and_back(site: Path, page: Page) -> None:
    page.goto(address(site, "metrics.html"))
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.matches('.find input')")
    assert find(page, "nothing has this name") == []
    assert page.locator(".results .count").inner_text() == "Rien trouvé."
    find(page, "corvane")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cards/*.html")


def test_what_a_keyboard_has_finds_what_typography_wrote(site: Path, page: Page) -> None:
    page.goto(address(site, "index.html"))
    assert find(page, "appel d'offres interne")[0] == address(site, "cards/clinique-sainte-aubiere.html")
    assert page.locator(".results mark").first.inner_text() == "Appel"
    assert find(page, "phase 1")[0] == address(site, "cards/assurances-belmaure.html"), "side by side comes first"
    assert page.evaluate("kanbanPlain('Sœur ÉLISE, Vice‑Présidente, groß')") == "soeur elise, vice-presidente, gross"
    page.fill("#search", "communaute de communes du val d'arzille")
    assert page.locator(".card:visible").count() == 1


def test_enter_before_the_index_has_come_goes_to_the_first_found(site: Path, page: Page) -> None:
    page.goto(address(site, "metrics.html"))
    page.evaluate(
        """() => { const input = document.querySelector(".find input");
            input.value = "corvane"; input.form.requestSubmit(); }"""
    )
    page.wait_for_url("**/cards/hotels-corvane.html")


ODD = [
    "\"'<>&%#",
    "😀",
    "\u202eشركة",
    "x" * 200,
    "a b c d e f g h i j k l m n o p q r s t",
    "\\",
    "(",
    "[a-z]+",
    "\u0301",
]


def test_no_text_stops_the_search(site: Path, page: Page) -> None:
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address(site, "index.html"))
    for text in ODD:
        page.fill(".find input", text)
        page.fill("#search", text)
        page.wait_for_selector(".results", state="attached")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), text
    assert find(page, "zoe")
    assert said == []


def test_a_hostile_name_is_shown_as_it_is_written(site: Path, page: Page) -> None:
    page.goto(address(site, "metrics.html"))
    assert find(page, "<script>")
    assert page.locator(".results b").first.inner_text().startswith("<script>")
    assert page.title() != "1"


def test_the_index_keeps_to_its_share_of_the_site(site: Path) -> None:
    whole = sum(file.stat().st_size for file in site.rglob("*") if file.is_file())
    assert (site / "search-index.js").stat().st_size < 0.15 * whole


def test_without_scripts_nothing_dead_is_shown(site: Path, bare: Page) -> None:
    bare.goto(address(site, "metrics.html"))
    assert not bare.locator(".find").is_visible()


def test_a_person_s_page_has_their_day_their_columns_and_their_numbers(site: Path, page: Page) -> None:
    page.goto(address(site, "people/zoe.html"))
    assert page.locator("h1").inner_text() == "Zoé"
    assert page.locator(".stands .card").count() == 8
    assert set(page.evaluate("Array.from(document.querySelectorAll('abbr')).map(one => one.title)")) == {"Zoé"}
    assert "n = 22" in page.locator(".figures").inner_text()
    page.locator(".lead a").first.click()
    page.wait_for_url("**/index.html#owner=zoe")
