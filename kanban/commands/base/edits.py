"""The versions of cards between which edits lie, read from the repository."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanban.model.history.edits import Edit, blobs_of, edits_of
from kanban.repository.read.versions import read_versions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from kanban.commands.base.session import Session
    from kanban.model.cards.card import Card
    from kanban.model.history.events import Event


def edits_told(session: Session, events: Sequence[Event], cards: Collection[str] | None = None) -> dict[int, Edit]:
    """The order number of an event → what it changed, for the given cards (default: all) and versions at hand."""
    lines = _lines(events, cards)
    versions = _versions(session, lines.values())
    return {order: edit for line in lines.values() for order, edit in edits_of(line, versions).items()}


def versions_told(session: Session, events: Sequence[Event]) -> Mapping[str, Card]:
    """All versions that edits of cards lie between, by blob id."""
    return _versions(session, _lines(events, None).values())


def every_version(session: Session, events: Sequence[Event]) -> Mapping[str, Card]:
    """All versions that cards ever had, by blob id, those of cards that are gone too."""
    return _read(session, {event.blob: event.at.date() for event in events if event.blob})


def _lines(events: Sequence[Event], cards: Collection[str] | None) -> dict[str, list[Event]]:
    lines: dict[str, list[Event]] = {}
    for event in events:
        if cards is None or event.card in cards:
            lines.setdefault(event.card, []).append(event)
    return lines


def _versions(session: Session, lines: Iterable[Sequence[Event]]) -> Mapping[str, Card]:
    return _read(session, {blob: event.at.date() for line in lines for blob, event in blobs_of(line).items()})


def _read(session: Session, needed: Mapping[str, date]) -> Mapping[str, Card]:
    if not needed:
        return {}
    absent = session.repository.lacking(needed)
    needed = {blob: day for blob, day in needed.items() if blob not in absent}
    return read_versions(session.repository, session.config, needed, {})
