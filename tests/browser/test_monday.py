"""Monday morning in a real browser: four answers on a phone's first screen, each leading to what it is made of."""

from __future__ import annotations

import re
import shutil
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kanban.commands.base.calling.invocation import Settings
from kanban.commands.base.session import Session
from kanban.commands.publish.render import gather
from kanban.i18n.catalogue import use_language
from kanban.render.site import file_at
from kanban.render.site_input import Material
from tests.boards import board_of, card_text
from tests.browser.conftest import AS_OF, address, follow
from tests.browser.test_board import shown
from tests.metrics.telling import told

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ANSWERS = ("#stuck", ".tiles li:nth-child(3)", "#will", ".chances li:last-child", "#act", "#news", ".news")
"""Stuck, due, will we make it with the forecast, what to act on, what changed."""
_BELOW = """answers => answers.filter(one => {
    const found = document.querySelector(`.monday ${one}`) || document.querySelector(`main ${one}`);
    return found.getBoundingClientRect().bottom > 844 || !found.checkVisibility();
})"""
_LONG = "Communauté d’agglomération du Val-de-l’Orne et des Hautes-Terres anticonstitutionnellement regroupées"
_PERSON = "Marie-Antoinette de Castelnau-Montmirail"
_QUOTAS = "".join(f"  - {{period: 2026-Q4, wins: 9, amount: 900000, owner: {_PERSON} {at}}}\n" for at in range(9))


def _in_english(site: Path, folder: Path) -> Material:
    """The demonstration board with its texts in English."""
    shutil.copytree(site.parent, folder, ignore=lambda _folder, names: {"site"} & set(names))
    config = folder / "board.yml"
    config.write_text(config.read_text("utf-8").replace("language: fr", "language: en"), encoding="utf-8")
    settings = Settings()
    settings.directory = str(folder)
    return gather(Session(settings, AS_OF.isoformat()), "internal")


def _of_long_names(language: str) -> Material:
    """Whatever can be long is: accounts, owners, causes, next actions, columns, many quotas."""
    cards, story = {}, {}
    for at in range(24):
        column = "pr"[at % 2]
        cards[f"{column}/{at}.md"] = card_text(
            account=f"{_LONG} {at}",
            owner=f"{_PERSON} {at % 9}",
            amount="1234567 €",
            probability="35 %",
            next_action=_LONG,
            next_action_date=(AS_OF - timedelta(days=at % 3)).isoformat(),
            close_date="2026-12-01",
            blocked_since="2026-09-01" if at % 4 == 0 else "",
            blocked_cause=_LONG if at % 4 == 0 else "",
        )
        story[str(at)] = f"p2026-07-{at + 1:02} {column}2026-09-{28 + at % 2}"
    story |= {f"won-{at}": f"p2026-07-01 g2026-08-{at + 1:02}" for at in range(20)}
    cards |= {f"g/won-{at}.md": card_text(account=_LONG, amount="9 k€", owner="Zoé") for at in range(20)}
    columns = f"columns:\n  - {{key: p, name: {_LONG}}}\n  - {{key: r, name: {_LONG} bis}}\n  - {{key: g, name: Gagné, kind: won}}\n"
    config = f"title: {_LONG}\nlanguage: {language}\ntimezone: Europe/Paris\n{columns}quotas:\n{_QUOTAS}"
    board = board_of(cards, config, today=AS_OF)
    assert not board.problems, board.problems
    return Material(board, AS_OF, history=told(story))


def _written(material: Material, folder: Path, *names: str) -> None:
    for name in (*names, "wall.css", "site.css", "monday.css", "page.js", "wall.js"):
        found = file_at(material, name)
        assert found is not None
        (folder / name).write_bytes(found.write())


@pytest.mark.parametrize("board", ["demonstration fr", "demonstration en", "long names fr", "long names en"])
def test_a_phone_answers_without_scrolling(site: Path, phone: Page, board: str, tmp_path: Path) -> None:
    folder, names = site, ("monday.html", "index.html")
    if board != "demonstration fr":
        folder, language = tmp_path, board[-2:]
        with use_language(language):
            made = _in_english(site, tmp_path / "board") if "demo" in board else _of_long_names(language)
            _written(made, folder, *names)
    for name in names:
        phone.goto(address(folder, name))
        assert phone.evaluate(_BELOW, ANSWERS) == []
        assert phone.evaluate("document.documentElement.scrollWidth") == 390


def test_the_forecast_and_the_quotas_stand_beside_those_of_a_week_ago(site: Path, page: Page) -> None:
    page.goto(address(site, "monday.html"))
    said = page.locator(".chances").inner_text()
    assert re.search(r"sur 20 ventes, rythme", said)
    assert re.search(r": 1 \(\+1 en 7 jours\) sur 20 ventes", said.replace("\u00a0", " "))
    assert re.search(r"attendue?s \(\d+ le 27/09\)", said)
    follow(page, page.locator("#will a"))
    assert page.url.endswith("metrics.html#forecast")


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
