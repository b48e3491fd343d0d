"""Pages of the site against the documents: counts, sums and forecasts that stand on several of them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

from kanban.i18n import use_language
from kanban.i18n.formats import format_money
from kanban.model.typed.values import Money

PAGES = (
    "monday.html",
    "screen.html",
    "index.html",
    "archive.html",
    "digest.html",
    "people/index.html",
    "print/poster-a3.html",
    "print/poster-a4.html",
)
"""Those that `check_pages` looks at, beside the page of each person."""


def pages_of(site: Path) -> list[str]:
    """The addresses of the pages that `check_pages` looks at, on this site."""
    return [*PAGES, *(f"people/{page.name}" for page in (site / "people").glob("*.html") if page.stem != "index")]


WORDS = {
    "en": ("blocked", "late", "weighted", "wins expected", "open cards?"),
    "fr": ("bloquées?", "en retard", "pondéré", "ventes attendues", "cartes? ouvertes?"),
}


def check_pages(pages: dict[str, str], documents: dict[str, dict[str, Any]], language: str) -> None:
    """Assert that the pages, by address, say what `list --all`, `metrics` and `forecast` say. All spaces are plain."""
    blocked, late, weighted, wins, is_open = WORDS[language]
    metrics, forecast = documents["metrics"], documents["forecast"]
    columns = metrics["wip"]["columns"]
    cards = documents["list"]["cards"]
    standing = [card for card in cards if card["column"] in columns]
    weighted_now = metrics["weighted_pipeline"]["EUR"]["total"]
    overdue = len(metrics["next_action"]["overdue"])
    for name in ("monday.html", "screen.html", "index.html"):
        page = pages[name]
        assert re.search(rf"\b{sum(card['blocked'] for card in standing)} {blocked}\b", page), name
        assert re.search(rf"\b{overdue} {late}\b", page), name
        assert f"{_money(weighted_now, language)} {weighted}" in page, name
    if forecast["enough_history"]:
        for name in ("monday.html", "screen.html", "digest.html"):
            assert f"{forecast['recommended']['p50']} {wins}" in pages[name], name
    for name in ("print/poster-a3.html", "print/poster-a4.html"):
        for key, column in columns.items():
            assert f"{column['count']} / {column['limit'] or '∞'} WIP" in pages[name], (name, key)
    for outcome in ("won", "lost", "parked"):
        assert re.search(rf"\D{metrics['throughput'][outcome]}(?!\d)", pages["archive.html"]), outcome
    owned: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for card in standing:
        owned[card["owner"]].append(card)
    for owner, theirs in owned.items():
        assert re.search(rf"\b{owner} {len(theirs)} {is_open}", pages["people/index.html"]), owner
        amounts: Counter[str] = Counter()
        for card in theirs:
            amounts[card["currency"] or "EUR"] += Decimal(card["amount"] or 0)
        said = rf" {owner} (AE|SDR) · {len(theirs)} {is_open} · {re.escape(_money(amounts['EUR'], language))}"
        assert any(re.search(said, text) for name, text in pages.items() if name.startswith("people/")), owner


def _money(amount: str | Decimal, language: str) -> str:
    with use_language(language):
        return re.sub(r"\s+", " ", format_money(Money(Decimal(amount), "EUR"), short=True))
