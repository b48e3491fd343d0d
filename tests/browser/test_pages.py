"""Every page in a real browser: quiet console, no request, no sideways scroll, usable by everybody, printable."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.accessibility import violations
from tests.browser.conftest import address, some

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.sweep, pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGES = [
    "monday.html",
    "changes.html",
    "digest.html",
    "people/index.html",
    "people/zoe.html",
    "index.html",
    "cards/hotels-corvane.html",
    "cards/cargoval.html",
    "cards/casse.html",
    "cards/hostile.html",
    "metrics.html",
    "meetings/index.html",
    "calendar.html",
    "screen.html",
    "meetings/daily.html",
    "meetings/weekly.html",
    "meetings/review.html",
    "meetings/workshop.html",
    "meetings/diagnosis.html",
    "archive.html",
    "archive/2026.html",
    "print/index.html",
    "print/poster-a3.html",
    "print/banners.html",
    "print/blocks.html",
    "print/tickets.html",
    "404.html",
]
AXE = {
    "light": [
        "monday.html",
        "changes.html",
        "digest.html",
        "people/zoe.html",
        "index.html",
        "cards/hotels-corvane.html",
        "metrics.html",
        "meetings/daily.html",
        "calendar.html",
        "screen.html",
        "meetings/diagnosis.html",
        "archive/2026.html",
        "print/index.html",
        "print/poster-a3.html",
        "print/tickets.html",
        "404.html",
    ],
    "dark": [
        "monday.html",
        "digest.html",
        "index.html",
        "cards/hotels-corvane.html",
        "metrics.html",
        "meetings/daily.html",
        "archive/2026.html",
    ],
    "phone": [
        "people/zoe.html",
        "monday.html",
        "changes.html",
        "calendar.html",
        "index.html",
        "metrics.html",
        "archive/2026.html",
        "print/banners.html",
    ],
}
"""One page of each kind; paper is always light."""

SHEETS = {
    "print/poster-a3.html": (1, (1191, 842)),
    "print/poster-a3-empty.html": (1, (1191, 842)),
    "print/poster-a4.html": (1, (842, 595)),
    "print/poster-a4-empty.html": (1, (842, 595)),
    "print/banners.html": (8, (420, 298)),
    "print/blocks.html": (1, (595, 842)),
    "print/tickets.html": (1, (595, 842)),
}
"""Page → how many sheets it prints, and their size in points."""


def test_every_page_loads_in_silence_asks_nobody_and_never_scrolls_sideways(site: Path, page: Page) -> None:
    said: list[str] = []
    asked: list[str] = []
    wide: list[str] = []
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: said.append(f"{request.failure}: {request.url}"))
    for name in PAGES:
        page.goto(address(site, name))
        assert page.title(), name
        assert page.evaluate("document.cookie") == ""
        for width in (1024, 820, 390):
            page.set_viewport_size({"width": width, "height": 844})
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide.append(f"{name} at {width}")
    assert wide == []
    own = f"net::ERR_ABORTED: {(site / 'favicon.svg').as_uri()}"  # we went on before the browser had fetched the icon
    said = [line for line in said if line != own]
    assert said == []
    root = site.as_uri()
    assert [url for url in asked if not url.startswith(root)] == []


def test_card_text_never_runs(site: Path, page: Page) -> None:
    for name in ("index.html", "cards/hostile.html", "meetings/daily.html"):
        page.goto(address(site, name))
        assert page.title() != "1"
    assert page.goto(address(site, "cards/hostile.html"))
    assert page.locator("h1").inner_text() == "<script>document.title=1</script>"


def test_fingers_find_their_targets(site: Path, phone: Page) -> None:
    script = """() => Array.from(document.querySelectorAll(`nav a, .signals a, .card, summary, .tools input, .tools select,
            .jumps a, .tiles a, .month li a, .behind dd a, .present, .lines a, .print-list a, .trail a`))
        .filter(element => element.offsetHeight && element.getBoundingClientRect().height < 43.5)
        .map(element => element.outerHTML.slice(0, 80))"""
    small = {}
    for name in (
        "index.html",
        "monday.html",
        "metrics.html",
        "calendar.html",
        "meetings/daily.html",
        "people/zoe.html",
    ):
        phone.goto(address(site, name))
        phone.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        small[name] = phone.evaluate(script)
    assert not any(small.values()), small


def test_scripts_lay_nothing_out_a_second_time(site: Path, page: Page) -> None:
    """What they need stands in the page from the start, so that the first paint is the last one until somebody acts."""
    page.add_init_script("""document.addEventListener("readystatechange", () => {
        if (document.readyState !== "interactive") return;
        window.changed = [];
        new MutationObserver(records => records.forEach(one => changed.push(one.type + " " + one.target.nodeName)))
            .observe(document, { subtree: true, childList: true, characterData: true });
    })""")
    for name in ("index.html", "metrics.html", "meetings/daily.html", "cards/hostile.html", "archive/2026.html"):
        page.goto(address(site, name))
        assert (name, page.evaluate("changed")) == (name, [])
    page.goto(address(site, "index.html") + "#q=a")
    assert page.evaluate("changed") != []


@pytest.mark.parametrize("scheme", AXE)
def test_axe_finds_nothing_serious(site: Path, page: Page, scheme: str, request: pytest.FixtureRequest) -> None:
    page.set_viewport_size({"width": 390 if scheme == "phone" else 1440, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    found = []
    for name in some(request, AXE[scheme], 3):
        page.goto(address(site, name))
        found += [f"{name}: {one}" for one in violations(page)]
    assert found == []


@pytest.mark.parametrize("name", SHEETS)
def test_prints_have_their_number_of_sheets(site: Path, page: Page, name: str) -> None:
    page.goto(address(site, name))
    sheets, (width, height) = SHEETS[name]
    data = page.pdf(prefer_css_page_size=True, print_background=True)
    boxes = re.findall(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)", data)
    assert len(boxes) == sheets
    assert all((round(float(x)), round(float(y))) == (width, height) for x, y in boxes)


@pytest.mark.parametrize("paper", ["a3", "a4"])
def test_nothing_is_cut_off_a_poster(site: Path, page: Page, paper: str) -> None:
    page.goto(address(site, f"print/poster-{paper}.html"))
    script = """() => Array.from(document.querySelectorAll(".place"))
        .filter(place => place.scrollHeight > place.clientHeight + 1).length"""
    assert page.evaluate(script) == 0


@pytest.mark.parametrize("paper", ["a3", "a4"])
def test_every_open_card_is_on_paper_and_exits_take_little_of_it(site: Path, page: Page, paper: str) -> None:
    page.goto(address(site, "index.html"))
    cards = page.locator(".card").count()
    page.emulate_media(media="print")
    page.goto(address(site, f"print/poster-{paper}.html"))
    assert page.locator(".poster .note").count() == cards
    assert page.locator(".poster .more").count() == 0
    shares = page.evaluate(
        """() => Array.from(document.querySelectorAll('.poster:first-child section'))
            .map(one => [one.className, one.offsetWidth / one.parentElement.offsetWidth])"""
    )
    assert sum(share for css, share in shares if css in ("won", "lost")) < 0.12


@pytest.mark.parametrize("width", [390, 1280])
def test_text_in_charts_has_one_size(site: Path, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(address(site, "metrics.html"))
    scales = page.evaluate(
        """() => Array.from(document.querySelectorAll('.drawing svg'))
            .map(one => one.getBoundingClientRect().width / one.viewBox.baseVal.width)"""
    )
    assert len(scales) > 10
    assert min(scales) > 0.9
    assert max(scales) <= 1


def test_the_page_for_nothing_has_its_style_wherever_it_is_shown(site: Path, page: Page, tmp_path: Path) -> None:
    away = tmp_path / "cards" / "gone.html"
    away.parent.mkdir()
    away.write_bytes((site / "404.html").read_bytes())
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(away.as_uri())
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)") == 32
    assert said == []


def test_paper_has_no_navigation(site: Path, page: Page) -> None:
    page.emulate_media(media="print")
    for name in ("index.html", "cards/acme-sso.html", "metrics.html", "print/poster-a3.html"):
        page.goto(address(site, name))
        assert page.locator("nav:visible").count() == 0, name
    page.goto(address(site, "digest.html"))
    unseen = "Array.from(document.querySelectorAll('.log li')).filter(one => !one.checkVisibility({ contentVisibilityAuto: true }))"
    assert page.locator("details .log li").count() > 0
    assert page.evaluate(unseen + ".map(one => one.textContent)") == []


def test_a_wall_screen_shows_the_three_steps_of_the_daily(site: Path, page: Page) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(address(site, "meetings/daily.html"))
    tops = page.evaluate(
        "Array.from(document.querySelectorAll('.step h2')).slice(0, 3).map(one => one.getBoundingClientRect().top)"
    )
    assert max(tops) - min(tops) < 2, "side by side"
    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.points h3')).fontSize)")
    assert size >= 20
