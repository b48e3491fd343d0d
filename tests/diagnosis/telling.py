"""Boards with a past, told in a few words: moves per card, the fields a card has, and edits of them on later days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from kanban.diagnosis.diagnosis import Row, diagnose
from kanban.metrics.base.ledger import Ledger, open_ledger
from kanban.model.cards.boardfile import BoardFile
from kanban.model.cards.card import Card
from kanban.model.cards.read_card import read_card
from kanban.model.history.events import Event, History
from tests.boards import board_of

PARIS = ZoneInfo("Europe/Paris")
AS_OF = date(2025, 6, 30)

CONFIG = """\
title: T
timezone: Europe/Paris
columns:
  - {key: p, name: Prospects, stage: prospects}
  - {key: r, name: Meeting, stage: meeting, wip: 10}
  - {key: o, name: Offer, stage: offer, wip: 8, follow_up: [2, 7]}
  - {key: n, name: Negotiation, stage: negotiation, wip: 4, escalate: 7}
  - {key: w, name: Won, kind: won}
  - {key: l, name: Lost, kind: lost}
"""

Fields = Mapping[str, str]


def ledger_told(
    lines: Mapping[str, str],
    fields: Mapping[str, Fields] | None = None,
    edits: Mapping[str, Mapping[str, Fields]] | None = None,
    *,
    config: str = CONFIG,
    as_of: date = AS_OF,
) -> Ledger:
    """`{"a": "p01-06 r01-20"}`; `fields` hold from the creation on, `edits[card][month-day]` change them that day."""
    told: list[tuple[datetime, str, str, Fields]] = []
    for card, line in lines.items():
        for word in line.split():
            told.append((_at(word[1:]), card, word[0], {}))
        for day, changed in ((edits or {}).get(card, {})).items():
            told.append((_at(day, 15), card, "", changed))
    settings = board_of({}, config).config
    events: list[Event] = []
    versions: dict[str, Card] = {}
    place: dict[str, str] = {}
    known: dict[str, dict[str, str]] = {card: dict((fields or {}).get(card, {})) for card in lines}
    for number, (at, card, column, changed) in enumerate(sorted(told, key=lambda one: one[:3])):
        before = place.get(card)
        place[card] = column or place[card]
        known[card] |= changed
        path, blob = f"{place[card]}/{card}.md", f"{number:04}"
        kind: Any = "created" if before is None else "moved" if column else "edited"
        start = place[card] if kind == "edited" else before
        events.append(Event(card, kind, start, place[card], at, at, "zoe", "c", path, blob))
        text = "---\n" + "".join(f"{key}: {value}\n" for key, value in known[card].items()) + "---\n"
        versions[blob] = read_card(BoardFile(path, text.encode()), card, place[card], settings, anchor=at.date())
    board = board_of({}, config)
    return open_ledger(board, History(tuple(events)), as_of, versions=versions)


def row(ledger: Ledger, symptom: str) -> Row:
    """What the diagnosis says of one symptom."""
    return next(one for one in diagnose(ledger).rows if one.id == symptom)


def many(name: str, count: int, line: str) -> dict[str, str]:
    """So many cards with the same moves."""
    return {f"{name}{number}": line for number in range(count)}


def _at(day: str, hour: int = 10) -> datetime:
    return datetime.fromisoformat(f"2025-{day}T{hour}:00:00").replace(tzinfo=PARIS)
