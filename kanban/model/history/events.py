"""What happened to cards, and when: the events every number is computed from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Annotated, Literal, NamedTuple, NotRequired, TypedDict

from kanban.paper.plain import printable
from kanban.schemas.fields import Moment, pattern
from kanban.values import dataclass

Kind = Literal["created", "moved", "edited", "removed"]


class Event(NamedTuple):
    """One thing that happened to one card in one commit.

    `from_column` and `to_column` are column keys: None before a creation and after a removal; both the card's column
    in that commit for `edited`, which never changes where a card stands. `at` is when it happened (author date), in
    the board's timezone, never earlier than what happened to the card before; `raw_at` is the date as recorded where
    `at` had to differ from it. `known_at` is when this repository knew (committer date, as recorded). `path` is
    relative to the board: the file after the event, or the one that was removed; `blob` its content.
    `edited` says that a move changed the content too. `order` counts the events of a history from 0.
    `restored` marks the return of a card that had been removed, `undone` an event that was taken back and the one that
    took it back (see `kanban.model.history.counting`).
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
    restored: bool = False
    undone: bool = False

    @property
    def places(self) -> bool:
        """Whether the event says where the card stands from then on (everything but an edit does)."""
        return self.kind != "edited"

    @property
    def marked(self) -> bool:
        """Whether the event counts in no number, or not as what it is."""
        return self.restored or self.undone


@dataclass(frozen=True)
class History:
    """The events of a board up to one commit that count, ordered by `at`, then in topological order.

    `shallow` is True when the clone has only part of the past: then numbers that need history must be refused.
    `recorded` are all events, also those that were taken back (None: the same), `undoes` the commits that undo one,
    `imports` those that say that they brought what happened elsewhere, each on its own day.
    """

    events: tuple[Event, ...]
    head: str | None = None
    shallow: bool = False
    recorded: tuple[Event, ...] | None = None
    undoes: Mapping[str, str] = field(default_factory=dict, hash=False)
    imports: frozenset[str] = frozenset()

    @property
    def told(self) -> tuple[Event, ...]:
        """Everything that was recorded, also what does not count in any number: what a log shows."""
        return self.events if self.recorded is None else self.recorded

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

    def only(self, cards: Collection[str]) -> History:
        """The events of some cards alone."""
        events = tuple(event for event in self.events if event.card in cards)
        recorded = self.recorded and tuple(event for event in self.recorded if event.card in cards)
        return replace(self, events=events, recorded=recorded)

    def as_of(self, day: date) -> History:
        """What had happened by the end of `day` (event time, board timezone)."""
        if not self.told or self.told[-1].at.date() <= day:
            return self
        events = tuple(event for event in self.events if event.at.date() <= day)
        recorded = self.recorded and tuple(event for event in self.recorded if event.at.date() <= day)
        return replace(self, events=events, recorded=recorded)


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
        if event.kind != "removed" and (rewritten or event.blob not in seen):
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


class ChangeRecord(TypedDict):
    """One field of one card before and after, as written; null where the card has not the field."""

    field: str
    before: str | None
    after: str | None


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
    restored: NotRequired[Annotated[bool, "true for the return of a card that had been removed"]]
    changes: NotRequired[Annotated[list[ChangeRecord], "the fields that an edit changed, where known"]]
    signed_by: NotRequired[Annotated[str | None, "with --show-signature: the owner whose listed key signed the commit"]]
    undone: NotRequired[Annotated[bool, "true where the event was taken back by `undo`, and for the undo itself"]]


def event_json(event: Event) -> EventRecord:
    """The event as `kanban log --json` prints it; `raw_at` only where it differs from `at`, marks only where true."""
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
    if event.restored:
        document["restored"] = True
    if event.undone:
        document["undone"] = True
    return document
