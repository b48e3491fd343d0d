"""What a software agent may change: the columns it brings cards into and the fields it sets, told by what changed.

The board before and after a gesture is compared, whatever the gesture is called: no way leads past it.
"""

from collections.abc import Iterator

from kanban.i18n import _
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.settings.policies import Agents

_STAMPS = frozenset({"touches", "answered_at", "received_at", "role", "formerly"})
"""Fields that a gesture keeps of itself: nobody sets them."""


def beyond(before: Board, after: Board, allowed: Agents) -> tuple[str, ...]:
    """Why the change from `before` to `after` is not an agent's to make; () when it may."""
    return tuple(dict.fromkeys(_reasons(before, after, allowed)))


def _reasons(before: Board, after: Board, allowed: Agents) -> Iterator[str]:
    known = {card.id: card for card in before.cards}
    for card in after.cards:
        old = known.get(card.id) or next(filter(None, map(known.get, card.formerly)), None)
        if old is card:
            continue
        if allowed.columns and card.column not in allowed.columns and (old is None or old.column != card.column):
            names = ", ".join(allowed.columns)
            text = _("agents may not bring cards to {column} here, only to {names}")
            yield text.format(column=card.column, names=names)
        for key in _set(old, card) if allowed.fields else ():
            if key not in allowed.fields:
                names = ", ".join(allowed.fields)
                yield _("agents may not set `{key}` here, only {names}").format(key=key, names=names)


def _set(old: Card | None, card: Card) -> Iterator[str]:
    """The fields that say something else than before; a new card must have its account."""
    was = old.written if old is not None else {}
    now = card.written
    own = _STAMPS if old is not None else _STAMPS | {"account"}
    yield from (key for key in {**was, **now} if was.get(key) != now.get(key) and key not in own)
