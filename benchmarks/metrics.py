"""How long the whole report takes once the history is read.

    python -m benchmarks.metrics                  10,000 cards, 60,000 events, made in memory from a fixed seed

Prints one JSON object: seconds of processor time for the ledger, the document and the tables.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from kanban.metrics.base.ledger import open_ledger
from kanban.metrics.document import metrics_document
from kanban.metrics.report import build_report
from kanban.metrics.tables import report_tables
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.history.events import Event, History
from kanban.model.presets import preset_text
from kanban.model.settings.board_yml import read_config
from kanban.model.typed.values import Money

PARIS = ZoneInfo("Europe/Paris")
OPEN = ("prospects", "qualifies", "rdv", "offre", "negociation")
EXITS = ("gagne", "perdu", "nurturing")


def story(cards: int, events: int) -> History:
    """Cards that mostly go right, now and then elsewhere, over five years."""
    chance = random.Random(2026)
    told: list[Event] = []
    for number in range(cards):
        at = datetime(2021, 1, 4, 9, tzinfo=PARIS) + timedelta(minutes=chance.randrange(5 * 365 * 1440))
        column: str | None = None
        for step in range(events // cards):
            ahead = OPEN[step] if step < len(OPEN) else chance.choice(EXITS)
            target = ahead if chance.random() < 0.85 else chance.choice(OPEN + EXITS)
            kind: Any = "created" if column is None else "edited" if column == target else "moved"
            card, blob = f"c{number}", f"b{number}-{step}"
            told.append(Event(card, kind, column, target, at, at, "Zoé", blob, f"{target}/{card}.md", blob))
            column, at = target, at + timedelta(hours=chance.randrange(1, 400))
    return History(tuple(sorted(told, key=lambda event: event.at)))


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """The result and the processor time it took."""
    begin = time.process_time()
    return work(), round(time.process_time() - begin, 3)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How long the report takes once the history is read.")
    parser.add_argument("--cards", type=int, default=10_000)
    parser.add_argument("--events", type=int, default=60_000)
    asked = parser.parse_args()
    config = read_config(preset_text("b2b", "fr").encode())[0]
    assert config is not None
    fields = {"amount": Money(Decimal(28_000), "EUR"), "probability": Decimal("0.4"), "owner": "Zoé"}
    cards = tuple(Card(f"c{at}", "rdv", "x.md", "x", values=fields) for at in range(asked.cards))
    history = story(asked.cards, asked.events)
    ledger, opening = timed(lambda: open_ledger(Board(config, cards), history, date(2026, 2, 1)))
    report = build_report(ledger)
    _document, documenting = timed(lambda: metrics_document(report))
    _tables, tabling = timed(lambda: report_tables(report))
    figures = {"ledger": opening, "document": documenting, "tables": tabling}
    print(json.dumps({"cards": asked.cards, "events": asked.events, "seconds": figures}, indent=2))


if __name__ == "__main__":
    main()
