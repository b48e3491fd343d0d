"""How long a card stood in the column that a change takes it out of."""

from __future__ import annotations

from datetime import date

from kanban.model.history.events import Event, History
from kanban.review.comparison import Pair


def days_in_column(pair: Pair, base: History | None, head: History | None, today: date) -> int | None:
    """Date difference from the day the card entered its old column to the day it first left it.

    The leaving is the first move that the base does not know; a move not committed yet happens today. None when the
    history of a side is missing or cut off.
    """
    if pair.before is None or base is None or head is None or base.shallow or head.shallow:
        return None
    known = _places(base, pair.before.id) or _places(base, pair.id)
    if not known:
        return None
    seen = {event.commit for event in known}
    left = next((event for event in _places(head, pair.id) if event.commit not in seen), None)
    end = left.at.date() if left is not None else today
    return max(0, (end - known[-1].at.date()).days)


def _places(history: History, card: str) -> list[Event]:
    return [event for event in history.of(card) if event.places]
