"""Events as they are worked out and kept: times in seconds, in one global order, before any timezone is chosen."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, tzinfo
from functools import partial
from typing import NamedTuple

from kanban.model.history.events import Event

_EARLIEST = int(datetime(1, 1, 3, tzinfo=UTC).timestamp())
_LATEST = int(datetime(9999, 12, 29, tzinfo=UTC).timestamp())


class Entry(NamedTuple):
    """One event. Entries sort by their first four fields, which is the order in which events are told.

    `at` is the time that counts, `authored` and `committed` those recorded, all in seconds since 1970. `rank` grows
    along every line of the commit graph, so that events of the same second stay in topological order.
    """

    at: int
    rank: float
    commit: str
    card: str
    kind: str
    from_column: str | None
    to_column: str | None
    authored: int
    committed: int
    author: str
    path: str
    blob: str
    edited: bool = False

    @property
    def moves(self) -> bool:
        """Whether the event changes where the card stands."""
        return self.kind != "edited"


def events_of(entries: Iterable[Entry], zone: tzinfo) -> tuple[Event, ...]:
    """The events that entries stand for, in their order, with times in a timezone."""
    make: Callable[[tuple[object, ...]], Event] = partial(tuple.__new__, Event)
    told = []
    for order, entry in enumerate(entries):
        at, _rank, commit, card, kind, before, after, authored, committed, author, path, blob, edited = entry
        when = datetime.fromtimestamp(at, zone) if 0 <= at <= _LATEST else moment(at, zone)
        known = when if committed == at else moment(committed, zone)
        raw = None if authored == at else moment(authored, zone)
        dates, content = (when, known, author, commit), (path, blob, edited)
        told.append(make((card, kind, before, after, *dates, *content, raw, order, False, False)))
    return tuple(told)


def moment(seconds: int, zone: tzinfo) -> datetime:
    """Seconds since 1970 in a timezone; what no calendar holds becomes the nearest day that one does."""
    if seconds < _EARLIEST or seconds > _LATEST:
        seconds = _EARLIEST if seconds < 0 else _LATEST
    return datetime.fromtimestamp(seconds, zone)
