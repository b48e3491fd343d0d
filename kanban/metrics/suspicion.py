"""Suspicion: a commit whose dates are hardly those of what it tells, and that numbers take for them all the same.

A gesture moves one card. What one commit does to many, or dates far from the day it was made, is rather an import, a
clean-up, a rename or a wrong clock: sales that all fall on one day, clocks that start anew. Such a commit is told, with
its count and its cure, by every surface whose numbers it touches; declared as an import it is silent. So is one of
`kanban import`, which gives every event its own day, unless that day is after it was made.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import field
from datetime import date, datetime, timedelta

from kanban.metrics.base.ledger import Ledger, ahead_of
from kanban.metrics.base.track import Track
from kanban.metrics.base.window import Window
from kanban.model.history.events import Event, History
from kanban.values import dataclass

EXITS, MOVES, RENAMES, REMOVALS, AHEAD, BACKWARDS = "exits", "moves", "renames", "removals", "ahead", "backwards"
KINDS = (EXITS, MOVES, RENAMES, REMOVALS, AHEAD, BACKWARDS)
FEWEST_EXITS, FEWEST_MOVES, FEWEST_RENAMES, FEWEST_REMOVALS = 5, 20, 5, 10
_FEWEST = min(FEWEST_EXITS, FEWEST_MOVES, FEWEST_RENAMES, FEWEST_REMOVALS)
"""A commit of fewer events is suspicious for its dates alone."""
FAR_OFF = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Suspicion:
    """One commit, of the `day` it says, and the cards it touches: for `exits` created in an exit, for `moves` moved,
    for `renames` removed while others were created, for `removals` removed, for `ahead` dated after the day on which it
    was made, for `backwards` dated before what had happened to the card."""

    kind: str
    commit: str
    day: date
    author: str
    cards: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many cards it touches."""
        return len(self.cards)


@dataclass(slots=True)
class _Deed:
    """What one commit did, card by card."""

    first: Event
    exits: list[str] = field(default_factory=list)
    created: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    ahead: list[str] = field(default_factory=list)
    backwards: list[str] = field(default_factory=list)


def suspicions(events: Iterable[Event], track: Track, imports: frozenset[str] = frozenset()) -> tuple[Suspicion, ...]:
    """The suspicious commits among the events that count, the newest first; declared imports are none.

    `imports` are commits that say that they give what happened elsewhere its own days.
    """
    told = tuple(events)
    many = {commit for commit, count in Counter(event.commit for event in told).items() if count >= _FEWEST}
    looked_at = many | {event.commit for event in told if _is_ahead(event) or _is_backwards(event)}
    deeds: dict[str, _Deed] = {}
    for event in told if looked_at else ():
        if event.commit not in looked_at:
            continue
        deed = deeds.get(event.commit)
        if deed is None:
            deed = deeds[event.commit] = _Deed(event)
        _add(deed, event, track)
    found = [
        one
        for deed in deeds.values()
        if not track.imports(deed.first.commit)
        for one in _of(deed)
        if one.kind == AHEAD or one.commit not in imports
    ]
    return in_order(found)


def in_order(found: Iterable[Suspicion]) -> tuple[Suspicion, ...]:
    """The newest first."""
    return tuple(sorted(found, key=lambda one: (-one.day.toordinal(), one.commit, KINDS.index(one.kind))))


def _add(deed: _Deed, event: Event, track: Track) -> None:
    kind, target = event.kind, event.to_column
    if kind == "created":
        deed.created.append(event.card)
        if target is not None and not track.is_open(target):
            deed.exits.append(event.card)
    elif kind == "moved":
        if target is not None and track.kinds.get(target) != "parked":
            deed.moved.append(event.card)
    elif kind == "removed":
        deed.removed.append(event.card)
    if _is_ahead(event):
        deed.ahead.append(event.card)
    elif _is_backwards(event):
        deed.backwards.append(event.card)


def _is_ahead(event: Event) -> bool:
    """Whether it is dated after the day on which it was made; nearly all are dated when they were made."""
    said: datetime = event.raw_at or event.at
    return said > event.known_at and said > event.known_at + FAR_OFF


def _is_backwards(event: Event) -> bool:
    """Whether it is dated before what had happened to the card."""
    return event.raw_at is not None and event.at - event.raw_at > FAR_OFF


def _of(deed: _Deed) -> Iterator[Suspicion]:
    renamed = min(len(deed.created), len(deed.removed)) >= FEWEST_RENAMES
    looks: tuple[tuple[str, list[str], int], ...] = (
        (EXITS, deed.exits, 1 << 30 if renamed else FEWEST_EXITS),
        (MOVES, deed.moved, FEWEST_MOVES),
        (RENAMES, deed.removed if renamed else [], FEWEST_RENAMES),
        (REMOVALS, [] if renamed else deed.removed, FEWEST_REMOVALS),
        (AHEAD, deed.ahead, 1),
        (BACKWARDS, deed.backwards, 1),
    )
    first = deed.first
    for kind, cards, fewest in looks:
        if len(cards) >= fewest:
            yield Suspicion(kind, first.commit, (first.raw_at or first.at).date(), first.author, tuple(cards))


def suspicions_known(history: History, track: Track, day: date) -> tuple[Suspicion, ...]:
    """What is suspicious in all that was recorded by the end of a day, whatever dates it says."""
    return suspicions((event for event in history if event.known_at.date() <= day), track, history.imports)


def suspicions_of(ledger: Ledger, window: Window | None = None) -> tuple[Suspicion, ...]:
    """What is suspicious in a ledger's past, or among the days of a window alone; future dates that are known too."""
    found = suspicions((*ledger.history.events, *ledger.ahead), ledger.track, ledger.history.imports)
    return found if window is None else within(found, window)


def suspicions_by(history: History, track: Track, day: date) -> tuple[Suspicion, ...]:
    """The same in a past by the end of a day, of which a ledger need not be made."""
    events = (*history.as_of(day).events, *ahead_of(history, day))
    return suspicions(events, track, history.imports)


def within(found: Iterable[Suspicion], window: Window) -> tuple[Suspicion, ...]:
    """Those of them that numbers over a window take for true."""
    return tuple(one for one in found if one.day in window or one.kind == AHEAD)
