"""Journey: one card's way over the board: when its clock started, when it ended, and how.

*Start*: the first day the card stood in the commitment column or further right. Parking it and taking it up again
does not start it anew; a card created lost or parked starts where it is first worked on, or won. *End*: its entry into
the exit it stands in now; a card taken out of an exit has none. A card whose file was deleted ended with the deletion,
unless it stood in an exit: then that exit stays its end. A card that a declared import brought has no start of its own:
it counts from its next event, and an exit into which it was imported, or moved by such a commit, is no end.
"""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import dropwhile

from kanban.metrics.base.stays import Stay, stays_of
from kanban.metrics.base.track import Track
from kanban.model.history.events import Event, History
from kanban.values import dataclass

OPEN, WON, LOST, PARKED, DELETED = "open", "won", "lost", "parked", "deleted"
EXITS = (WON, LOST, PARKED, DELETED)


@dataclass(frozen=True, slots=True)
class Journey:
    """What happened to one card up to a day.

    `outcome` is `open`, `won`, `lost`, `parked` or `deleted`. `start` is None while the card has not reached the
    commitment column, `end` while it is open; `started` and `ended` are their days. `created` and `touched` are the
    days of its first and last event. `imported`: it was brought here by a commit that is declared an import.
    """

    card: str
    stays: tuple[Stay, ...]
    outcome: str
    created: date
    touched: date
    start: datetime | None
    end: datetime | None
    started: date | None
    ended: date | None
    on_board: bool
    imported: bool = False

    @property
    def column(self) -> str:
        """Where the card stands, or stood last."""
        return self.stays[-1].column

    @property
    def is_open(self) -> bool:
        """Whether the card stands in an open column."""
        return self.outcome == OPEN

    @property
    def days(self) -> int | None:
        """Days from start to end, both counted, so that a sale of one day took one day; None while open."""
        difference = self.day_difference
        return None if difference is None else difference + 1

    @property
    def day_difference(self) -> int | None:
        """Days from start to end as a difference of dates: what Little's law needs."""
        if self.started is None or self.ended is None:
            return None
        return (self.ended - self.started).days


def journey_of(events: Iterable[Event], track: Track) -> Journey | None:
    """The journey that one card's events tell; None when they never place it on the board."""
    known = tuple(events)
    imported = bool(known) and known[0].kind == "created" and track.imports(known[0].commit)
    stays = stays_of(_from_next_event(known) if imported else known)
    if not stays:
        return None
    last = stays[-1]
    outcome, end = _ending(last, track)
    if not imported and track.imported and track.imports(next(one.commit for one in reversed(known) if one.places)):
        imported, end = True, None
    if imported and (len(known) == 1 or not (track.is_open(last.column) or any(event.places for event in known[1:]))):
        start, end = None, None
    else:
        start = _start(stays, track)
    return Journey(
        card=last.card,
        stays=stays,
        outcome=outcome,
        created=known[0].at.date(),
        touched=known[-1].at.date(),
        start=start,
        end=end,
        started=start.date() if start else None,
        ended=end.date() if end else None,
        on_board=last.left is None,
        imported=imported,
    )


def _from_next_event(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The events of an imported card as if the one after the import had created it; alone, the import does."""
    if len(events) == 1 or events[1].to_column is None:
        return events
    return (events[1]._replace(kind="created", from_column=None), *events[2:])


def _start(stays: tuple[Stay, ...], track: Track) -> datetime | None:
    """When the clock started: for a card created lost or parked, in the first open or won column that starts it."""
    own = tuple(dropwhile(lambda stay: track.kinds.get(stay.column) in (LOST, PARKED), stays)) or stays
    return next((stay.entered for stay in own if track.starts(stay.column)), None)


def _ending(last: Stay, track: Track) -> tuple[str, datetime | None]:
    if not track.is_open(last.column):
        return track.kinds.get(last.column, DELETED), last.entered
    return (OPEN, None) if last.left is None else (DELETED, last.left)


def journeys(history: History, track: Track) -> dict[str, Journey]:
    """Card id → its journey, for every card that ever stood on the board, in order of first appearance."""
    found = ((card, journey_of(history.of(card), track)) for card in history.cards)
    return {card: journey for card, journey in found if journey is not None}
