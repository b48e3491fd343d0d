"""Ledger: everything the numbers are read from, as of one day: journeys, and every card as it stood then.

What happened is cut at the end of the day, by event time. What a card says is its last version on or before that day,
and what the head's tree says once everything that happened to it is told: a merge may have put an edit of one branch
under a later move of another. Where no past version is at hand, it is the card as the given board has it. For who won
or lost a deal, the version that went into the exit counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import takewhile
from typing import Any

from kanban.metrics.base.clocks import Versions
from kanban.metrics.base.journeys import Journey, journeys
from kanban.metrics.base.limits import LimitHistory, limit_history
from kanban.metrics.base.passages import Passages, passages
from kanban.metrics.base.track import Track, track_of
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.history.counting import known_by
from kanban.model.history.events import Event, History
from kanban.model.history.versions import may_differ, may_hold
from kanban.model.settings.board_yml import BoardConfig
from kanban.values import dataclass

Present = Mapping[str, tuple[str, str]]
"""Card id → path and blob id of its file in a tree."""


@dataclass(frozen=True)
class Ledger:
    """The past up to and with `as_of`. `cards` holds deleted cards too, `closing` what closed cards said at their end.

    `restricted` is True when a filter left cards out: then limits, which are the team's, are not applied. `ahead` are
    events dated after the day although they were recorded by then.
    """

    config: BoardConfig
    as_of: date
    history: History
    journeys: Mapping[str, Journey]
    cards: Mapping[str, Card]
    closing: Mapping[str, Card]
    versions: Versions
    limits: LimitHistory
    restricted: bool = False
    ahead: tuple[Event, ...] = ()

    @cached_property
    def track(self) -> Track:
        """The pull order."""
        return track_of(self.config)

    @cached_property
    def worked_out(self) -> dict[str, Any]:
        """What was worked out from it once, by name."""
        return {}

    @cached_property
    def passages(self) -> Passages:
        """What became of each card after it entered each column."""
        return passages(self.journeys.values(), self.track)

    @cached_property
    def first(self) -> date | None:
        """The day of the board's first event, whatever card it was about; None when there is none."""
        return self.history.events[0].at.date() if self.history.events else None

    @cached_property
    def board(self) -> Board:
        """The board as it stood at the end of the day."""
        order = {column.key: at for at, column in enumerate(self.config.columns)}
        cards = [self.cards[card] for card, journey in self.journeys.items() if journey.on_board]
        return Board(self.config, tuple(sorted(cards, key=lambda card: (order[card.column], card.id))))

    def owner(self, card: str) -> str:
        """Who has the card, or had it when it was closed."""
        return (self.closing.get(card) or self.cards[card]).owner

    def service_class(self, card: str) -> str:
        """The key of the card's class of service."""
        return self.config.class_of(self.cards[card].service_class).key

    def versions_of(self, card: str, key: str) -> Iterator[tuple[Event, Card | None]]:
        """The card's events with the version each made, where the field `key` may have changed; None: not known.

        Versions that are sure to say the same of `key` as the one before are left out.
        """
        before: str | None = None
        for event in self.history.texts_of(card):
            if before is None or may_differ(self.versions, before, event.blob, key):
                yield event, self.versions.get(event.blob)
            before = event.blob

    def may_have(self, card: str, key: str) -> bool:
        """Whether any version of the card can have a field whose key begins so; without parsing, yes when in doubt."""
        return any(may_hold(self.versions, blob, key) for blob in {event.blob for event in self.history.of(card)})

    def only(self, wanted: Callable[[str], bool]) -> Ledger:
        """The ledger of those cards for whose id `wanted` says yes; the board's first day stays the same."""
        kept = {card: journey for card, journey in self.journeys.items() if wanted(card)}
        return replace(self, journeys=kept, restricted=True)


@dataclass(frozen=True)
class Story:
    """What had happened up to a day, before any file is read: per card its journey, the events that changed its text,

    the last one with a file (`last`) and the one that brought it where it stands, or stood last (`close`), both with
    the path and text that the card had then.
    """

    past: History
    as_of: date
    journeys: Mapping[str, Journey]
    texts: Mapping[str, tuple[Event, ...]]
    last: Mapping[str, Event]
    close: Mapping[str, Event]
    ahead: tuple[Event, ...] = ()


def story_of(
    history: History, track: Track, as_of: date, *, known: bool = False, present: Present | None = None
) -> Story:
    """The story at the end of `as_of`.

    With `known`, only what this repository had been told by that day counts (committer date). `present` says which
    file is which card's in the history's head.
    """
    past = (known_by(history, as_of) if known else history).as_of(as_of)
    found = journeys(past, track)
    written = {card: past.texts_of(card) for card in found}
    last = {card: _last(card, history, past, written[card], present or {}) for card in found}
    close = {card: _close(past.of(card), written[card]) for card in found}
    return Story(past, as_of, found, written, last, close, ahead_of(history, as_of))


def ahead_of(history: History, day: date) -> tuple[Event, ...]:
    """The events dated after a day although they were recorded by then."""
    later = takewhile(lambda event: event.at.date() > day, reversed(history.events))
    return tuple(event for event in later if event.known_at.date() <= day)


def open_ledger(
    board: Board,
    history: History,
    as_of: date,
    *,
    versions: Versions | None = None,
    limits: LimitHistory | None = None,
) -> Ledger:
    """The ledger at the end of `as_of`, from the history and the cards as `board` has them, or their `versions`."""
    story = story_of(history, track_of(board.config), as_of)
    return ledger_told(story, board, versions=versions, limits=limits)


def ledger_told(
    story: Story, board: Board, *, versions: Versions | None = None, limits: LimitHistory | None = None
) -> Ledger:
    """The ledger of a story.

    `board` gives the configuration and, for versions that are not in `versions` (by blob id), the cards' fields.
    """
    read = versions if versions is not None else {}
    cards: dict[str, Card] = {}
    closing: dict[str, Card] = {}
    for card, journey in story.journeys.items():
        last, close = story.last[card], story.close[card]
        cards[card] = _card_at(last, journey.column, read, board)
        if journey.end is not None:
            same = close.blob == last.blob or (close.blob not in read and last.blob in read)
            closing[card] = cards[card] if same else _card_at(close, journey.column, read, board)
    in_force = limits or limit_history(board.config, ())
    return Ledger(
        board.config, story.as_of, story.past, story.journeys, cards, closing, read, in_force, ahead=story.ahead
    )


def _last(card: str, history: History, past: History, written: tuple[Event, ...], present: Present) -> Event:
    """The card's last event with a file, holding the path and the text the card had at the end of `past`."""
    events = past.of(card)
    if card in present and len(events) == len(history.of(card)):
        path, blob = present[card]
    else:
        path, blob = _placed(events).path, written[-1].blob
    return next(event for event in reversed(events) if event.kind != "removed")._replace(path=path, blob=blob)


def _placed(events: Sequence[Event]) -> Event:
    """The last event that says which file is the card's: edits on a branch that did not know of a move do not."""
    filed = [event for event in events if event.kind != "removed"]
    column = next((event.to_column for event in reversed(filed) if event.places), None)
    return next((event for event in reversed(filed) if event.to_column == column), filed[-1])


def _close(events: tuple[Event, ...], written: tuple[Event, ...]) -> Event:
    """The event that brought the card where it stands, or stood last, holding the text the card had then."""
    filed = [event for event in reversed(events) if event.kind != "removed"]
    close = next((event for event in filed if event.places), filed[0])
    text = next((event for event in reversed(written) if event.order <= close.order), close)
    return close._replace(blob=text.blob)


def _card_at(event: Event, column: str, versions: Versions, board: Board) -> Card:
    """The card as the event left it."""
    card = versions.get(event.blob) or board.find(event.card) or Card(event.card, column, event.path, event.card)
    if (card.id, card.column, card.path) == (event.card, column, event.path):
        return card
    return card.placed(event.card, column, event.path)


def blobs_wanted(story: Story) -> tuple[dict[str, date], dict[str, date]]:
    """The blobs that the ledger of a story needs, each with the day near which its dates are meant.

    To read: every card's last version, a closed card's version at its end, all versions of open cards. To glance at:
    the other versions, which matter only if they speak of a block.
    """
    needed: dict[str, date] = {}
    rest: dict[str, date] = {}
    last: dict[str, date] = {}
    for card, journey in story.journeys.items():
        for event in story.texts[card]:
            (needed if journey.is_open else rest).setdefault(event.blob, event.at.date())
        close, standing = story.close[card], story.last[card]
        needed[close.blob] = close.at.date()
        (last if journey.on_board else needed)[standing.blob] = story.as_of if journey.on_board else standing.at.date()
    needed |= last
    return needed, {blob: day for blob, day in rest.items() if blob not in needed}
