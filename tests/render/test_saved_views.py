"""Views of the board: a tab and a page each, with counts and sums of their own; and how long cards usually stay."""

from __future__ import annotations

import re

import pytest

from kanban.i18n.catalogue import use_language
from kanban.metrics.clock_days import Clocks
from kanban.render.site import build
from kanban.render.site_input import Material
from kanban.render.views.wall.board import board_view
from kanban.render.views.wall.saved_views import view_tabs
from tests.boards import FIVE_COLUMNS, TODAY, board_of, card_text

VIEWS = FIVE_COLUMNS + "views:\n  Gros: [amount > 20k]\n  Zoé: [owner = Zoé]\n  Broken: [amont ~~ 3]\n"
CARDS = {
    "prospects/small.md": card_text(account="Small", amount="5 k€", owner="Zoé"),
    "offre/big.md": card_text(account="Big", amount="50 k€", probability="50 %", owner="Zoé"),
    "offre/other.md": card_text(account="Other", amount="30 k€", owner="Karim"),
}


def test_each_view_is_a_tab_with_its_count_and_a_page_with_its_cards() -> None:
    board = board_of(CARDS, VIEWS)
    with use_language("en"):
        tabs = [(tab.name, tab.href, tab.count, tab.current) for tab in view_tabs(board, "Gros", TODAY)]
        site = build(Material(board, TODAY))
    assert tabs == [
        ("All cards", "index.html", "3", False),
        ("Gros", "views/gros.html", "2", True),
        ("Zoé", "views/zoe.html", "2", False),
    ]
    page = site["views/gros.html"].decode()
    assert re.findall(r'id="card-([a-z]+)"', page) == ["big", "other"]
    assert 'href="../cards/big.html"' in page
    assert "Its 1 card is not in this view." in page
    assert "View “Broken”: " in site["index.html"].decode()


def test_a_view_counts_and_sums_what_it_shows_and_has_no_limit() -> None:
    board = board_of(CARDS, VIEWS)
    with use_language("en"):
        shown = board_view(board, {}, {}, TODAY, view="Zoé")
        whole = board_view(board, {}, {}, TODAY)
    offer, all_offers = shown.columns[2], whole.columns[2]
    assert (offer.count, offer.beside, offer.sums, offer.verdict) == (1, "of 2", "€50k · weighted €25k", "")
    assert (all_offers.count, all_offers.beside, all_offers.verdict) == (2, "/ 2", "full")
    assert shown.exits is None


def test_a_board_without_views_has_no_tabs_and_everybody_s_site_none_of_the_team_s() -> None:
    assert view_tabs(board_of(CARDS), "", TODAY) == ()
    public = build(Material(board_of(CARDS, VIEWS), TODAY, audience="public"))
    assert not any(name.startswith("views/") for name in public)


AGES = [
    # days in the column, the usual ones | style of the days, what their title adds
    (4, None, "", ""),
    (4, 10, "of4", "; 85% of the cards left it within 10\u00a0d"),
    (10, 10, "of10", "; 85%"),
    (11, 10, "over", "; 85%"),
]


@pytest.mark.parametrize(("days", "usual", "css", "title"), AGES)
def test_a_card_s_days_stand_against_those_that_are_usual(days: int, usual: int | None, css: str, title: str) -> None:
    board = board_of({"offre/big.md": card_text(account="Big")})
    clocks = {"big": Clocks(age_days=days + 1, column_days=days, idle_days=0)}
    with use_language("en"):
        (card,) = board_view(board, clocks, {}, TODAY, usual={"offre": usual} if usual else {}).columns[2].cards
    assert card.age_css == css
    assert title in card.age_title
