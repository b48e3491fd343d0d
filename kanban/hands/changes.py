"""What another hand changed on a card since somebody looked at it: what they saw, and what it is now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from kanban.hands.inputs import Input
from kanban.hands.pane import Pane, pane_of
from kanban.i18n import _
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.paper.plain import one_line

_NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs. `before` is that of the field's input (`amount=`), "" where it is no field."""

    label: str
    was: str
    now: str
    before: str = ""

    @property
    def line(self) -> str:
        """It in one line of plain text."""
        was, now = (one_line(" · ".join(text.splitlines())) or _NOTHING for text in (self.was, self.now))
        both = f"{_('you saw: {value}').format(value=was)} · {_('it is now: {value}').format(value=now)}"
        return _("{label}: {text}").format(label=self.label, text=both)


def changes(board: Board, seen: Card, now: Card) -> tuple[Change, ...]:
    """What differs between a card as it was seen and as it is, in the order in which a hand shows it."""
    return tuple(one for one in _compared(pane_of(board, seen), pane_of(board, now)) if one.was != one.now)


def _compared(seen: Pane, now: Pane) -> Iterator[Change]:
    yield Change(_("Column"), seen.column_title, now.column_title)
    yield Change(_("Block"), seen.block, now.block)
    yield Change(_("Notes"), _only_in(seen.notes, now.notes), _only_in(now.notes, seen.notes))
    before, after = _fields(seen), _fields(now)
    for key in chain(after, (one for one in before if one not in after)):
        was, is_now = (found[key].value if key in found else "" for found in (before, after))
        yield Change((after.get(key) or before[key]).label, was, is_now, key)
    ticked = {one.id: one.ticked for one in seen.ticks}
    for tick in now.ticks:
        yield Change(tick.text, *("✓" * one for one in (ticked.get(tick.id, tick.ticked), tick.ticked)))


def _fields(pane: Pane) -> dict[str, Input]:
    return {one.before: one for one in (*pane.fields, *pane.more)}


def _only_in(text: str, other: str) -> str:
    """The lines of a text that another one lacks."""
    known = {line.strip() for line in other.splitlines()}
    return "\n".join(found for line in text.splitlines() if (found := line.strip()) and found not in known)
