"""What pages must not leave out or leave in keys: other currencies, names of periods, what an edit changed."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from kanban.i18n.catalogue import use_language
from kanban.metrics.base.periods import period_name
from kanban.model.history.events import History
from kanban.render.pages.monday import monday_of
from kanban.render.site import build
from kanban.render.site_input import Material
from kanban.render.views.wall.columns import apart
from tests.boards import TODAY, board_of, card_text
from tests.metrics.telling import BOARD, told

SUMS = [
    # sums, the board's currency | the large figure, what stands beside it
    ({}, "EUR", "", ""),
    ({"EUR": 28000}, "EUR", "€28k", ""),
    ({"USD": 90000, "EUR": 28000}, "EUR", "€28k", "+ $90k"),
    ({"USD": 90000, "GBP": 28000}, "EUR", "$90k", "+ £28k"),
    ({"USD": 1, "GBP": 3, "CHF": 2, "EUR": 0}, "EUR", "€0", "+ £3 + CHF\u00a02 + $1"),
]


@pytest.mark.parametrize(("sums", "home", "first", "others"), SUMS)
def test_no_currency_is_dropped_where_one_figure_stands_out(
    sums: dict[str, int], home: str, first: str, others: str
) -> None:
    with use_language("en"):
        found = apart({code: Decimal(amount) for code, amount in sums.items()}, home)
    assert (found.first, found.others) == (first, others)


PERIODS = [
    ("2026-Q4", "Q4 2026", "T4 2026"),
    ("2026-10", "Oct 2026", "oct. 2026"),
    ("2026", "2026", "2026"),
    ("x", "x", "x"),
]


@pytest.mark.parametrize(("key", "english", "french"), PERIODS)
def test_a_period_has_a_name(key: str, english: str, french: str) -> None:
    for language, name in (("en", english), ("fr", french)):
        with use_language(language):
            assert period_name(key) == name


def currencies() -> Material:
    """Three open cards in as many currencies, with quotas for a quarter and a month."""
    cards = {
        f"q/{name}.md": card_text(account=name, amount=amount, probability="50 %", close_date="2026-11-02")
        for name, amount in (("euro", "10 k€"), ("pound", "20 k£"), ("dollar", "30 k$"))
    }
    quotas = "quotas:\n  - {period: 2026-Q4, wins: 20}\n  - {period: 2026-10, amount: 50 k€}\n"
    past = told(dict.fromkeys(("euro", "pound", "dollar"), "p2026-09-01 q2026-09-20"))
    return Material(board_of(cards, BOARD.decode() + quotas), TODAY, history=past)


def test_every_page_says_every_currency_and_no_page_a_period_s_key() -> None:
    with use_language("en"):
        material = currencies()
        site = build(material)
        tile = monday_of(material).tiles[3]
    assert (tile.value, tile.others) == ("€5k", "+ $15k + £10k")
    for name in ("index.html", "monday.html", "metrics.html"):
        assert all(sign in site[name].decode() for sign in ("€5k", "£10k", "$15k")), name
    assert "Q4 2026" in site["monday.html"].decode()
    raw = {name for name, data in site.items() if re.search(rb"20\d\d-(Q[1-4]|W\d\d)", data)}
    assert raw <= {"board.json"}


def test_a_feed_says_before_and_after() -> None:
    before, after = (
        board_of({"q/acme.md": card_text(amount=amount)}, BOARD.decode()).cards[0] for amount in ("20 k€", "28 k€")
    )
    past = told({"acme": "p2026-09-01 q2026-09-20"})
    first, moved = past.events
    edited = moved._replace(
        kind="edited", from_column="q", blob="b2", order=moved.order + 1, at=moved.at.replace(day=22), commit="c" * 40
    )
    history = History((first, moved._replace(blob="b1"), edited))
    versions = {"b1": before, "b2": after}
    material = Material(
        board_of({"q/acme.md": card_text(amount="28 k€")}, BOARD.decode()),
        date(2026, 10, 5),
        history=history,
        read_versions=lambda: versions,
    )
    with use_language("en"):
        feed = build(material)["feed.xml"].decode()
    titles = re.findall(r"<title>(.*?)</title>", feed)[1:]
    assert titles == ["ACME: Amount: €20,000 → €28,000", "ACME: Prospects → Qualified", "ACME: created in Prospects"]
