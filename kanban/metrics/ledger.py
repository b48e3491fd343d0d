"""Ledger: everything the numbers are read from, as of one day: journeys, and every card as it stood then.

What happened is cut at the end of the day, by event time. What a card says is its last version on or before that day;
where no past version is at hand, the card as the given board has it. For who won or lost a deal, the version that
went into the exit counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from kanban.metrics.clocks import Versions
from kanban.metrics.journeys import Journey, journeys
from kanban.metrics.limits import LimitHistory, limit_history
from kanban.metrics.passages import Passages, passages
from kanban.metrics.track import Track, track_of
from kanban.model.board import Board
from kanban.model.card import Card
from kanban.model.config import BoardConfig
from kanban.model.events import Event, History
from kanban.model.versions import may_differ


@dataclass(frozen=True)
class Ledger:
    """The past up to and with `as_of`. `cards` holds deleted cards too, `closing` what closed cards said at their end.

    `restricted` is True when a filter left cards out: then limits, which are the team's, are not applied.
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

    @cached_property
    def track(self) -> Track:
        """The pull order."""
        return track_of(self.config)

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
        for event in self.history.of(card):
            if event.blob and (before is None or may_differ(self.versions, before, event.blob, key)):
                yield event, self.versions.get(event.blob)
            before = event.blob or before

    def only(self, wanted: Callable[[str], bool]) -> Ledger:
        """The ledger of those cards for whose id `wanted` says yes; the board's first day stays the same."""
        kept = {card: journey for card, journey in self.journeys.items() if wanted(card)}
        return replace(self, journeys=kept, restricted=True)


def open_ledger(
    board: Board,
    history: History,
    as_of: date,
    *,
    versions: Versions | None = None,
    limits: LimitHistory | None = None,
    known: bool = False,
) -> Ledger:
    """The ledger at the end of `as_of`.

    `board` gives the configuration and, for versions that are not in `versions` (by blob id), the cards' fields. With
    `known`, only what this repository had been told by that day counts (committer date).
    """
    past = (history.known_by(as_of) if known else history).as_of(as_of)
    track = track_of(board.config)
    found = journeys(past, track)
    read = versions if versions is not None else {}
    cards: dict[str, Card] = {}
    closing: dict[str, Card] = {}
    for card, journey in found.items():
        events = past.of(card)
        last = next(event for event in reversed(events) if event.blob)
        cards[card] = _card_at(last, journey.column, read, board)
        if journey.end is not None:
            close = next((event for event in reversed(events) if event.blob and event.kind != "edited"), last)
            closing[card] = cards[card] if close is last else _card_at(close, journey.column, read, board)
    in_force = limits or limit_history(board.config, ())
    return Ledger(board.config, as_of, past, found, cards, closing, read, in_force)


def _card_at(event: Event, column: str, versions: Versions, board: Board) -> Card:
    """The card as the event left it."""
    card = versions.get(event.blob) or board.find(event.card) or Card(event.card, column, event.path, event.card)
    if (card.id, card.column, card.path) == (event.card, column, event.path):
        return card
    return replace(card, id=event.card, column=column, path=event.path)


def blobs_wanted(history: History, as_of: date, track: Track) -> tuple[dict[str, date], dict[str, date]]:
    """The blobs a ledger needs, each with the day near which its dates are meant: those to read, those to glance at.

    To read: every card's last version, a closed card's version at its end, all versions of open cards. To glance at:
    the other versions, which matter only if they speak of a block.
    """
    past = history.as_of(as_of)
    needed: dict[str, date] = {}
    rest: dict[str, date] = {}
    for card, journey in journeys(past, track).items():
        events = [event for event in past.of(card) if event.blob]
        for event in events:
            if journey.is_open:
                needed.setdefault(event.blob, event.at.date())
            else:
                rest.setdefault(event.blob, event.at.date())
        close = next((event for event in reversed(events) if event.kind != "edited"), events[-1])
        needed[close.blob] = close.at.date()
    last = {event.blob: as_of for card in past.cards for event in past.of(card)[-1:] if event.blob}
    needed |= last
    return needed, {blob: day for blob, day in rest.items() if blob not in needed}
