"""Hints beside the lines of a card: the weighted amount, the age, when things are due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lsprotocol.types import InlayHint, Range

from kanban.editors.draft import Draft
from kanban.editors.features.hover import days_said, weighted_said
from kanban.editors.features.places import front_matter
from kanban.i18n import _
from kanban.i18n.formats import format_date, format_days, format_relative
from kanban.model.cards.card import Card
from kanban.model.typed.values import When

_DUE = ("next_action_date", "close_date", "fixed_date", "follow_up_date", "parked_until")


def hints(draft: Draft, within: Range) -> list[InlayHint]:
    """The hints on the lines that are shown."""
    card = draft.card
    if card is None:
        return []
    found = []
    for line, said in _told(draft, card):
        if said and within.start.line <= line <= within.end.line:
            found.append(InlayHint(draft.text.position(draft.text.end_of(line)), said, padding_left=True))
    return found


def _told(draft: Draft, card: Card) -> Iterator[tuple[int, str]]:
    """Lines (from 0), each with its hint."""
    front = front_matter(draft.text)
    if front is not None:
        yield front[0], days_said(draft, card)
    if "amount" in card.raw:
        yield (
            _line(card, "amount"),
            weighted_said(draft, card).partition("× ")[2] and ("× " + weighted_said(draft, card).partition("× ")[2]),
        )
    is_open = draft.board.is_open(card)
    for key in _DUE if is_open else ("parked_until",):
        value = card.values.get(key)
        day = value.day if isinstance(value, When) else value
        if isinstance(day, date):
            yield _line(card, key), _due(key, day, draft.desk.today)
    if is_open and card.block is not None and (days := card.block.days(draft.desk.today)) is not None:
        yield _line(card, "blocked_since"), format_days(days, short=False)


def _due(key: str, day: date, today: date) -> str:
    said = f"{format_date(day, 'full')}, {format_relative(day, today)}"
    return _("overdue: {day}").format(day=said) if day < today and key == "next_action_date" else said


def _line(card: Card, key: str) -> int:
    return card.raw[key].line - 1 if key in card.raw else 0
