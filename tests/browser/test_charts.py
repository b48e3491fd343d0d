"""Charts that answer: marks say their value to a mouse, a finger and the arrow keys, and nothing moves for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import address

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.sweep]

ANSWERING = (
    "throughput", "cycle-time", "ageing", "stock", "cumulative-flow", "net-flow", "wip-limits", "age-trend", "funnel",
    "months", "deals", "loss-reasons", "blockers", "slips", "outcomes", "fan", "calibration", "reliability", "pit",
)  # fmt: skip


def test_marks_say_their_value_without_a_script(site: Path, bare: Page) -> None:
    bare.goto(address(site, "metrics.html"))
    dumb = [name for name in ANSWERING if not bare.locator(f"#{name} .drawing title").count()]
    drawn = bare.locator(".drawing svg").count()
    bare.locator("#throughput .behind summary").click()
    assert bare.locator("#throughput .behind a").first.is_visible()
    assert (dumb, drawn) == ([], len(ANSWERING)), "every chart answers"


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


def seen(page: Page, chart: str) -> list[str]:
    """The cards below the chart."""
    found: list[str] = page.evaluate(
        """name => Array.from(document.querySelectorAll(`#${name} .behind div:not([hidden]) a`))
            .filter(one => one.offsetParent).map(one => one.textContent)""",
        chart,
    )
    return found


def bar(page: Page, chart: str, said: str) -> dict[str, float]:
    """Where the mark that says so lies."""
    place: dict[str, float] = page.evaluate(
        """([name, said]) => { const mark = Array.from(document.querySelectorAll(`#${name} .drawing title`))
            .find(one => one.textContent.includes(said)).parentNode;
            mark.scrollIntoView({block: "center"});
            const box = mark.getBoundingClientRect();
            return {x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2}; }""",
        [chart, said],
    )
    return place


def test_a_mark_opens_its_cards_below_the_chart(site: Path, page: Page) -> None:
    page.goto(address(site, "metrics.html"))
    for chart, said, count in (
        ("months", "oct. 2026", 7),
        ("loss-reasons", "timing", 16),
        ("throughput", "21 sept. 2026", 0),
    ):
        place = bar(page, chart, said)
        page.mouse.click(place["x"], place["y"])
        words = page.locator(f"#{chart} .said").inner_text()
        assert said in words
        assert page.locator(f"#{chart} .behind div:not([hidden])").count() == 1
        assert len(seen(page, chart)) == (count or int(words.split()[-1])), (chart, words)
    page.locator("#throughput .behind a:visible").first.click()
    page.wait_for_url("**/cards/*.html")


def test_a_stretch_of_days_is_picked_by_dragging_and_by_keys(site: Path, page: Page) -> None:
    page.goto(address(site, "metrics.html"))
    first, last = (bar(page, "throughput", day) for day in ("31 août 2026", "21 sept. 2026"))
    page.mouse.move(first["x"], first["y"] - 5)
    page.mouse.down()
    page.mouse.move(last["x"], last["y"] - 5, steps=4)
    page.mouse.up()
    dragged = seen(page, "throughput")
    assert page.locator("#throughput .behind div:not([hidden])").count() == 4
    assert page.locator("#throughput .drawing .faded").count() == 22
    assert page.locator("#throughput .said").inner_text() == "31 août – 27 sept. 2026"
    assert page.locator("#throughput .band").is_visible()
    page.keyboard.press("Escape")
    page.locator("#throughput .drawing").focus()
    page.keyboard.press("Escape")
    assert page.locator("#throughput .drawing .faded").count() == 0
    for _ in range(22):
        page.keyboard.press("ArrowRight")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowRight")
    assert seen(page, "throughput") == dragged


def test_a_stretch_of_days_is_picked_in_all_charts_that_lie_over_days(site: Path, page: Page) -> None:
    page.goto(address(site, "metrics.html"))
    over = page.locator("figure[data-time]:has(.drawing)").count()
    assert over == 8
    whole = page.locator("#cycle-time tbody tr:visible").count()
    page.locator("#throughput .drawing").focus()
    for key in ["ArrowRight"] * 22 + ["Shift+ArrowRight"] * 3:
        page.keyboard.press(key)
    said = page.evaluate("Array.from(document.querySelectorAll('.said')).map(one => one.textContent).filter(Boolean)")
    assert said == ["31 août – 27 sept. 2026"] * over
    ended = "Array.from(document.querySelectorAll('#cycle-time .drawing a:has(path:not(.faded)) title')).map(one => one.dataset.day)"
    picked = page.evaluate(ended)
    assert picked
    assert all("2026-08-31" <= day <= "2026-09-27" for day in picked)
    rows = page.evaluate(
        "Array.from(document.querySelectorAll('#cycle-time tbody tr')).filter(one => !one.hidden).length"
    )
    assert rows == len(picked) != whole
    assert page.locator("#net-flow .behind").get_attribute("open") is None, "what is elsewhere stays as long as it was"
    page.locator(".picking .clear").click()
    assert page.locator(".drawing .faded").count() == 0
    assert page.locator(".band:visible").count() == 0


@pytest.mark.parametrize(("choice", "name"), [("owner:Zoé", "Zoé"), ("column:Négociation", "")])
def test_one_owner_or_column_is_picked_out_in_all_charts(site: Path, page: Page, choice: str, name: str) -> None:
    page.goto(address(site, "metrics.html"))
    page.select_option("[data-pick]", value=choice)
    page.wait_for_selector("#ageing .faded")
    kept = page.evaluate(
        """() => Array.from(document.querySelectorAll("#ageing a path:not(.faded)")).map(one => one.closest("a").href.baseVal)"""
    )
    assert len(kept) == (8 if name else 4)
    page.locator(".picking .clear").click()
    assert page.locator("#ageing .faded").count() == 0


def test_a_finger_beside_a_dot_gets_its_card(site: Path, phone: Page) -> None:
    phone.goto(address(site, "metrics.html"))
    dot = phone.locator("#ageing .drawing a path").first
    dot.scroll_into_view_if_needed()
    box = dot.bounding_box()
    assert box is not None
    phone.touchscreen.tap(box["x"] + box["width"] + 2, box["y"] + box["height"] / 2)
    link = phone.locator("#ageing .said a")
    assert link.is_visible()
    found = link.bounding_box()
    assert found is not None
    assert found["height"] >= 44
    link.tap()
    phone.wait_for_url("**/cards/*.html")


def test_nothing_moves_when_charts_begin_to_answer(site: Path, page: Page) -> None:
    heights = []
    page.route("**/charts.js", lambda route: route.abort())
    for _unblocked in range(2):
        page.goto(address(site, "metrics.html"))
        heights.append(page.evaluate("document.documentElement.scrollHeight"))
        page.unroute_all()
    assert heights[0] == heights[1]
