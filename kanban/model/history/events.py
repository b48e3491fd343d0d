"""What happened to cards, and when: the events every number is computed from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Annotated, Literal, NamedTuple, NotRequired, TypedDict

from kanban.schemas.fields import Moment, pattern

Kind = Literal["created", "moved", "edited", "removed"]


class Event(NamedTuple):
    """One thing that happened to one card in one commit.

    `from_column` and `to_column` are column keys: None before a creation and after a removal; both the card's column
    in that commit for `edited`, which never changes where a card stands. `at` is when it happened (author date), in
    the board's timezone, never earlier than what happened to the card before; `raw_at` is the date as recorded where
    `at` had to differ from it. `known_at` is when this repository knew (committer date, as recorded). `path` is
    relative to the board: the file after the event, or the one that was removed; `blob` its content, `""` when
    removed. `edited` says that a move changed the content too. `order` counts the events of a history from 0.
    """

    card: str
    kind: Kind
    from_column: str | None
    to_column: str | None
    at: datetime
    known_at: datetime
    author: str
    commit: str
    path: str
    blob: str
    edited: bool = False
    raw_at: datetime | None = None
    order: int = 0

    @property
    def places(self) -> bool:
        """Whether the event says where the card stands from then on (everything but an edit does)."""
        return self.kind != "edited"


@dataclass(frozen=True)
class History:
    """All events of a board up to one commit, ordered by `at`, then in topological order.

    `shallow` is True when the clone has only part of the past: then numbers that need history must be refused.
    """

    events: tuple[Event, ...]
    head: str | None = None
    shallow: bool = False

    @cached_property
    def _by_card(self) -> dict[str, tuple[Event, ...]]:
        lists: dict[str, list[Event]] = {}
        for event in self.events:
            lists.setdefault(event.card, []).append(event)
        return {card: tuple(events) for card, events in lists.items()}

    def __iter__(self) -> Iterator[Event]:
        return iter(self.events)

    def of(self, card: str) -> tuple[Event, ...]:
        """The events of one card in order; empty when it has none."""
        return self._by_card.get(card, ())

    def texts_of(self, card: str) -> tuple[Event, ...]:
        """The events of one card that changed what it says, in order."""
        return texts(self.of(card))

    @property
    def cards(self) -> tuple[str, ...]:
        """The ids of all cards that ever were, in order of their first event."""
        return tuple(self._by_card)

    @cached_property
    def clamped(self) -> tuple[Event, ...]:
        """The events whose recorded date could not be true beside the card's other events: a data-quality warning."""
        return tuple(event for event in self.events if event.raw_at is not None)

    def column_of(self, card: str) -> str | None:
        """The column key in which the last event left the card; None when it is not on the board."""
        for event in reversed(self.of(card)):
            if event.places:
                return event.to_column
        return None

    def as_of(self, day: date) -> History:
        """What had happened by the end of `day` (event time, board timezone)."""
        if not self.events or self.events[-1].at.date() <= day:
            return self
        return self._only(tuple(event for event in self.events if event.at.date() <= day))

    def known_by(self, day: date) -> History:
        """What this repository knew by the end of `day` (committer date, board timezone), whenever it happened."""
        return self._only(tuple(event for event in self.events if event.known_at.date() <= day))

    def _only(self, events: tuple[Event, ...]) -> History:
        return self if len(events) == len(self.events) else History(events, self.head, self.shallow)


def texts(events: Iterable[Event]) -> tuple[Event, ...]:
    """Those events of one card that changed what it says, in order.

    A plain move or re-filing carries the text its own branch had, which may be older than what another branch had
    written by then. Once merged, the card says the latter: such events are left out.
    """
    found: list[Event] = []
    seen: set[str] = set()
    path = ""
    for event in events:
        rewritten = event.edited or event.kind == "created" or (event.kind == "edited" and event.path == path)
        if event.blob and (rewritten or event.blob not in seen):
            found.append(event)
        seen.add(event.blob)
        path = event.path
    return tuple(found)


_Places = TypedDict(
    "_Places",
    {
        "from": Annotated[str | None, "column key; null for a creation"],
        "to": Annotated[str | None, "column key; null for a removal"],
    },
)


class EventRecord(_Places):
    """One thing that happened to one card in one commit."""

    card: str
    kind: Kind
    at: Annotated[Moment, "author date in the board's timezone, never earlier than what happened to the card before"]
    known_at: Annotated[Moment, "committer date as recorded"]
    author: str
    commit: Annotated[str, pattern("^([0-9a-f]{40}|[0-9a-f]{64})$")]
    path: str
    edited: Annotated[bool, "whether a move changed the card's text too"]
    raw_at: NotRequired[Annotated[Moment, "the author date as recorded, where `at` had to differ from it"]]


def event_json(event: Event) -> EventRecord:
    """The event as `kanban log --json` prints it; `raw_at` stands there only when it differs from `at`."""
    document: EventRecord = {
        "card": printable(event.card),
        "kind": event.kind,
        "from": event.from_column,
        "to": event.to_column,
        "at": event.at.isoformat(),
        "known_at": event.known_at.isoformat(),
        "author": event.author,
        "commit": event.commit,
        "path": printable(event.path),
        "edited": event.edited,
    }
    if event.raw_at is not None:
        document["raw_at"] = event.raw_at.isoformat()
    return document


def printable(text: str) -> str:
    """Names that are not Unicode come from git with stand-in characters, which no output can encode."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()
