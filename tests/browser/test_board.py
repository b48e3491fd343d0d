"""The board page in use: search, filters, signals, keys; and complete without any of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from tests.browser.conftest import address

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def shown(page: Page) -> list[str]:
    """The ids of the cards one can see."""
    found: list[str] = page.evaluate(
        "Array.from(document.querySelectorAll('.card')).filter(card => !card.hidden).map(card => card.id)"
    )
    return found


def test_without_scripts_every_card_is_there_and_nothing_dead_is_shown(site: Path, bare: Page) -> None:
    bare.goto(address(site, "index.html"))
    assert bare.locator(".card").count() == 32
    assert not bare.locator(".tools").is_visible()
    assert not bare.locator(".keys").is_visible()
    bare.locator(".signals a").first.click()
    assert "#card-" in bare.url


def test_search_ignores_case_and_accents_and_looks_behind_the_face(site: Path, page: Page) -> None:
    page.goto(address(site, "index.html"))
    page.fill("#search", "hotels corvane")
    assert shown(page) == ["card-hotels-corvane"]
    assert page.locator(".found").inner_text() == "1 carte affichée"
    page.fill("#search", "dubois")
    assert shown(page) == ["card-acme-sso"], "the contact is not on the face, and is found"
    page.fill("#search", "nothing has this name")
    assert shown(page) == []
    page.keyboard.press("Escape")
    assert len(shown(page)) == 32


def test_nothing_found_is_said_and_undone_without_a_keyboard(site: Path, page: Page) -> None:
    page.goto(address(site, "index.html#q=nothing-has-this-name"))
    assert page.locator(".nothing").is_visible()
    page.locator(".clear").click()
    assert len(shown(page)) == 32
    assert not page.locator(".nothing").is_visible()
    assert not page.locator(".clear").is_visible()
    assert "#" not in page.url


def test_on_a_phone_a_filter_leaves_out_columns_without_a_match(site: Path, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address(site, "index.html#q=corvane"))
    visible = page.evaluate("Array.from(document.querySelectorAll('.column')).filter(one => one.offsetHeight).length")
    assert visible == 1


@pytest.mark.parametrize("width", [390, 1280])
def test_a_column_s_head_stays_in_sight_and_covers_no_card_one_comes_to(site: Path, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 500})
    page.goto(address(site, "index.html#card-verrerie-des-trois-rives"))
    head, card = page.evaluate(
        """() => [document.querySelector('#column-qualifies > header'), document.querySelector(':target')]
            .map(one => one.getBoundingClientRect()).map(box => [box.top, box.bottom])"""
    )
    assert head[0] == 0
    assert head[1] <= card[0]


def test_a_filtered_board_has_an_address_of_its_own(site: Path, page: Page) -> None:
    page.goto(address(site, "index.html"))
    page.select_option("[data-filter=owner]", label="Zoé")
    page.select_option("[data-filter=class]", value="fixed-date")
    filtered, there = shown(page), page.url
    assert "card-acme-sso" in filtered
    assert 0 < len(filtered) < 5
    page.goto("about:blank")
    page.goto(there)
    assert shown(page) == filtered
    assert page.locator("[data-filter=owner]").input_value() != ""


@pytest.mark.parametrize(
    ("state", "card"),
    [("blocked", "hotels-corvane"), ("late", "optique-rivadel"), ("none", "sans-suite"), ("unreadable", "casse")],
)
def test_a_signal_shows_its_cards_and_lets_go(site: Path, page: Page, state: str, card: str) -> None:
    page.goto(address(site, "index.html"))
    signal = page.locator(f"[data-state={state}]")
    signal.click()
    assert f"card-{card}" in shown(page)
    assert len(shown(page)) == int(signal.locator("b").inner_text())
    assert signal.get_attribute("aria-current") == "true"
    signal.click()
    assert len(shown(page)) == 32


def test_keys_search_move_and_open(site: Path, page: Page) -> None:
    page.goto(address(site, "index.html"))
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("re")
    page.keyboard.press("ArrowDown")
    first = page.evaluate("document.activeElement.closest('.card').id")
    assert first == shown(page)[0]
    page.keyboard.press("Escape")
    page.keyboard.press("l")
    column = page.evaluate("document.activeElement.closest('.column').id")
    assert column == "column-qualifies"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("j")
    second = page.evaluate("document.activeElement.closest('.card').id")
    assert second == page.evaluate("document.querySelectorAll('#column-prospects .card')[1].id")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cards/*.html")


def test_a_link_to_a_card_leads_to_its_place(site: Path, page: Page) -> None:
    page.goto(address(site, "index.html#card-groupe-almadine"))
    assert page.evaluate("document.querySelector(':target').id") == "card-groupe-almadine"
    assert len(shown(page)) == 32


def test_the_archive_can_be_searched(site: Path, page: Page) -> None:
    page.goto(address(site, "archive/2026.html"))
    page.fill("#search", "cargoval")
    visible = page.evaluate("Array.from(document.querySelectorAll('.entry')).filter(row => !row.hidden).length")
    assert visible == 1


def test_marks_in_a_chart_lead_to_their_cards(site: Path, page: Page) -> None:
    page.goto(address(site, "metrics.html"))
    link = page.locator("#cycle-time .drawing a").first
    assert link.locator("title").text_content()
    href = link.get_attribute("href")
    assert href is not None
    assert (site / href).is_file()


def test_charts_follow_the_colour_scheme(site: Path, page: Page) -> None:
    fills = []
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    page.goto(address(site, "metrics.html"))
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        fills.append(page.evaluate("getComputedStyle(document.querySelector('#throughput text')).fill"))
    assert fills[0] != fills[1]


def test_forty_cards_stand_side_by_side_on_a_laptop(site: Path, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(address(site, "index.html"))
    tops = page.evaluate("Array.from(document.querySelectorAll('.column')).map(one => one.getBoundingClientRect().top)")
    assert len(set(tops)) == 1


def test_where_the_system_chooses_colours_only_classes_have_an_edge(site: Path, page: Page) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(address(site, "index.html"))
    edges = page.evaluate(
        "Array.from(document.querySelectorAll('.card'), one => [['expedite', 'fixed-date', 'partner']"
        ".some(kind => one.classList.contains(kind)), getComputedStyle(one, '::before').borderLeftWidth !== '0px'])"
    )
    assert len(edges) > 20
    assert all(special == edged for special, edged in edges)
    assert any(special for special, _edged in edges)
