"""Histories for tests, written the short way: `q01-08` is a move to column q on 8 January 2025 at 10:00 in Paris."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from kanban.metrics.base.journeys import Journey, journeys
from kanban.metrics.base.ledger import Ledger, open_ledger
from kanban.metrics.base.track import Track, track_of
from kanban.metrics.report import Report, build_report
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.history.events import Event, History
from kanban.model.settings.board_yml import BoardConfig, read_config
from kanban.model.text.front.front_fields import RawField
from kanban.model.typed.values import Money, When

PARIS = ZoneInfo("Europe/Paris")
BOARD = b"""\
title: Told
timezone: Europe/Paris
columns:
  - {key: p, name: Prospects}
  - {key: q, name: Qualified, wip: 3}
  - {key: r, name: Meeting}
  - {key: o, name: Offer}
  - {key: n, name: Negotiation, wip: 2, ageing: {amber: 10, red: 20}, escalate: 7}
  - {key: w, name: Won, kind: won}
  - {key: l, name: Lost, kind: lost}
  - {key: k, name: Nurturing, kind: parked}
"""


def board_config(extra: str = "") -> BoardConfig:
    """The board p q r o n → w l k, with more settings below."""
    config, problems = read_config(BOARD + extra.encode())
    assert config is not None
    assert not problems, problems
    return config


CONFIG = board_config()
TRACK: Track = track_of(CONFIG)


def moment(word: str, year: int = 2025) -> datetime:
    """`01-08`, `01-08T23:30` or `2024-12-30` in Paris."""
    text = word if len(word.partition("T")[0]) > 5 else f"{year}-{word}"
    day, _t, time = text.partition("T")
    return datetime.fromisoformat(f"{day}T{time or '10:00'}:00").replace(tzinfo=PARIS)


def told(lines: Mapping[str, str]) -> History:
    """The history that card lines tell. `=01-08` is an edit, `-01-08` the deletion of the file."""
    events: list[Event] = []
    for card, line in lines.items():
        column: str | None = None
        for at, word in enumerate(line.split()):
            events.append(_event(card, word, column, at))
            if events[-1].kind != "edited":
                column = events[-1].to_column
    events.sort(key=lambda event: (event.at, event.card, event.order))
    return History(tuple(event._replace(order=at) for at, event in enumerate(events)), head="f" * 40)


def _event(card: str, word: str, column: str | None, at: int) -> Event:
    when = moment(word[1:])
    kind, target = ("moved" if column else "created"), word[0]
    if word[0] in "=-":
        kind, target = ("edited", column) if word[0] == "=" else ("removed", None)
    path = f"{target or column}/{card}.md"
    blob = f"{card}-{at}" if target else ""
    return Event(card, kind, column, target, when, when, "Zoé", f"{at:040d}", path, blob, order=at)


def journeys_of(lines: Mapping[str, str]) -> dict[str, Journey]:
    """The journeys of told lines on the usual board."""
    return journeys(told(lines), TRACK)


def day(text: str) -> date:
    """`01-08` in 2025, or a full date."""
    return moment(text).date()


def days(first: date, last: date) -> list[date]:
    """Every day from first to last, both included."""
    return [first + timedelta(days=at) for at in range((last - first).days + 1)]


def card(name: str, **values: object) -> Card:
    """A card with values as they are once read: `amount=1000` is in euros, `probability=40` in per cent."""
    read: dict[str, object] = {}
    for key, value in values.items():
        if key == "amount":
            number, _space, currency = str(value).partition(" ")
            read[key] = Money(Decimal(number), currency or "EUR")
        elif key == "probability":
            read[key] = Decimal(str(value)) / 100
        elif key in ("close_date", "blocked_since"):
            read[key] = day(str(value))
        elif key == "next_action_date":
            read[key] = When(day(str(value)))
        else:
            read["class" if key == "service" else key] = value
    raw = {key: RawField(key, str(value), 1, 1) for key, value in values.items()}
    return Card(name, "", f"{name}.md", name, values=read, raw=raw)


def opened(
    lines: Mapping[str, str],
    as_of: str,
    cards: Mapping[str, Card] | None = None,
    versions: Mapping[str, Card] | None = None,
    config: BoardConfig = CONFIG,
) -> Ledger:
    """The ledger of told lines. `cards` are the cards' fields; `versions` those of single events (`a-0`, `a-1`, …)."""
    found = cards or {}
    return open_ledger(Board(config, tuple(found.values())), told(lines), day(as_of), versions=versions)


def reported(
    lines: Mapping[str, str],
    as_of: str,
    cards: Mapping[str, Card] | None = None,
    versions: Mapping[str, Card] | None = None,
    config: BoardConfig = CONFIG,
) -> Report:
    """The report of told lines over everything up to the day."""
    return build_report(opened(lines, as_of, cards, versions, config))


def cards_of(**fields: Mapping[str, object]) -> dict[str, Card]:
    """Several cards by name."""
    return {name: card(name, **values) for name, values in fields.items()}
