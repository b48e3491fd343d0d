"""Histories told in a few words: card, then its column and month-day of each move, all in one year."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from kanban.metrics.base.track import Track
from kanban.model.history.events import Event, History, Kind

PARIS = ZoneInfo("Europe/Paris")
TRACK = Track({"p": "open", "o": "open", "n": "open", "w": "won", "l": "lost"}, "p")


def told(cards: dict[str, str], *, year: int = 2025, late: dict[str, str] | None = None) -> History:
    """`{"a": "p01-06 w01-20"}`; `late` gives, per card, the day on which its last move became known."""
    events = []
    for card, line in cards.items():
        before = None
        for word in line.split():
            column, at = word[0], _at(year, word[1:])
            kind: Kind = "moved" if before else "created"
            events.append(Event(card, kind, before, column, at, at, "zoe", "c", f"{column}/{card}.md", f"{card}{at}"))
            before = column
        if late and card in late:
            last = events.pop()
            known = _at(year, late[card])
            events.append(
                Event(
                    card, last.kind, last.from_column, last.to_column, last.at, known, "zoe", "c", last.path, last.blob
                )
            )
    return History(tuple(sorted(events, key=lambda event: event.at)))


def _at(year: int, text: str) -> datetime:
    return datetime.fromisoformat(f"{year}-{text}T10:00:00").replace(tzinfo=PARIS)
