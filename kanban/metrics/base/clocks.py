"""The three clocks of a card, each with its own name, never shown under another's.

*Age* (`age_days`): days since the start, today included, so a card started today is 1 day old; open cards only.
*Days in the column* (`column_days`): date difference since the card entered the column it stands in.
*Idle days* (`idle_days`): date difference since the last event of any kind, or since the last action when the board
says so (`policies.idle_counts: actions`: a move, a changed next action or date, a note, a touch, a block, an answer,
a tick of what is done, an escalation).
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import pairwise

from kanban.metrics.base.day_count import CALENDAR_DAYS, DayCount
from kanban.metrics.base.journeys import Journey, journey_of
from kanban.metrics.base.track import track_of
from kanban.metrics.clock_days import CardClocks, Clocks
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.history.events import Event, History, texts

Versions = Mapping[str, Card]
"""Blob id → the card as it stood in that version."""


def clocks(
    board: Board, history: History, as_of: date, *, versions: Versions | None = None, count: DayCount = CALENDAR_DAYS
) -> Mapping[str, Clocks]:
    """Card id → its clocks at the end of `as_of`, for the cards of `board` that the history knows by then.

    `versions` is needed only where idleness ends by actions alone; without it, or where a version is missing, any
    event counts as an action.
    """
    track = track_of(board.config)
    past = history.as_of(as_of)
    acted = versions if board.config.policies.idle_counts == "actions" else None

    def read(card: str) -> Clocks | None:
        events = past.of(card)
        journey = journey_of(events, track)
        if journey is None:
            return None
        last = journey.touched if acted is None else last_action(events, acted)
        return clocks_of(journey, as_of, last=last, count=count)

    return CardClocks(board.cards, read)


def clocks_of(journey: Journey, as_of: date, *, last: date, count: DayCount = CALENDAR_DAYS) -> Clocks:
    """The clocks of one journey; `last` is the day on which its idleness began."""
    started = journey.started if journey.is_open else None
    return clocks_since(started, journey.stays[-1].since, last, as_of, count=count)


def clocks_since(
    started: date | None, since: date, last: date, as_of: date, *, count: DayCount = CALENDAR_DAYS
) -> Clocks:
    """The clocks of a card that started, came into its column and was last acted on those days; no start, no age."""
    age = None if started is None else count.inclusive(started, as_of)
    return Clocks(age, count.difference(since, as_of), count.difference(last, as_of))


def last_action(events: tuple[Event, ...], versions: Versions) -> date:
    """The day of the last action among a card's events (`actions`), looked for from the end."""
    before = _texts_before(events)
    last = next((event for event in reversed(events[1:]) if _is_action(event, before, versions)), events[0])
    return last.at.date()


def told_by(events: tuple[Event, ...]) -> Iterator[Event]:
    """The events whose versions `last_action` may have to compare: edits since the last step, and what was before."""
    text_before = {event: earlier for earlier, event in pairwise(texts(events))}
    for event in reversed(events[1:]):
        if event.kind != "edited":
            return
        if event in text_before:
            yield event
            yield text_before[event]


def actions(events: tuple[Event, ...], versions: Versions) -> tuple[Event, ...]:
    """The events of a card that are actions, in order: a changed tag or spelling is none. The first one always is."""
    before = _texts_before(events)
    return events[:1] + tuple(event for event in events[1:] if _is_action(event, before, versions))


def _texts_before(events: tuple[Event, ...]) -> dict[Event, str]:
    """For each event that changed what the card says, the version before it."""
    return {event: earlier.blob for earlier, event in pairwise(texts(events))}


def _is_action(event: Event, before: Mapping[Event, str], versions: Versions) -> bool:
    if event.kind != "edited":
        return True
    return event in before and _acted(versions.get(before[event]), versions.get(event.blob))


_WHAT_COUNTS: tuple[Callable[[Card], object], ...] = (
    lambda card: card.next_action,
    lambda card: card.next_action_date,
    lambda card: card.body.split(),
    *(lambda card, key=key: card.get(key) for key in ("touches", "dod", "answered_at", "escalated")),
    *(lambda card, key=key: card.get(f"blocked_{key}") for key in ("since", "cause", "next", "owner")),
)


def _acted(before: Card | None, after: Card | None) -> bool:
    if before is None or after is None:
        return True
    return any(what(before) != what(after) for what in _WHAT_COUNTS)
