"""A situation without a repository, and what a gesture would leave on a board."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from kanban.gestures.base.gesture import Gesture
from kanban.gestures.base.situation import Situation
from kanban.model.history.events import Event, History
from tests.boards import FIVE_COLUMNS, TODAY, board_of

Files = Mapping[str, str | bytes]
STAMP = "2026-10-05T09:30"


def situation(
    cards: Files,
    config: str = FIVE_COLUMNS,
    *,
    who: str = "",
    past: Sequence[tuple[str, str, str | None, str]] = (),
    shallow: bool = False,
) -> Situation:
    """The board on Monday 2026-10-05; `past` are moves: day, card, from, to."""
    history = History(tuple(_event(*one) for one in past), shallow=shallow)
    return Situation(board_of(cards, config), TODAY, STAMP, lambda: who, lambda: history)


def _event(day: str, card: str, source: str | None, target: str) -> Event:
    at = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC)
    kind = "moved" if source else "created"
    return Event(card, kind, source, target, at, at, "Zoé", "c" * 40, f"{target}/{card}.md", "")


def left(cards: Files, made: Gesture) -> dict[str, str]:
    """The files that the gesture touches, as they are after it; "" for one that is gone."""
    found: dict[str, str] = {}
    for change in made.changes:
        old = cards.get(change.source, "")
        before = old if isinstance(old, bytes) else old.encode()
        if change.moved_from:
            found[change.moved_from] = ""
        data = change.data if change.data is not None else change.edit(before) if change.edit else before
        found[change.path] = "" if change.is_removal else data.decode()
    return found
