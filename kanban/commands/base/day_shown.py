"""What verbs show of a day: the board as it stood, and its cards' clocks.

Of a board on which nothing happened after the day, and whose cards' clocks are known, no history is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from kanban.commands.base.known import is_still_so, known_clocks
from kanban.metrics.clock_days import CardClocks, Clocks
from kanban.model.cards.board import Board
from kanban.repository.kept.known_clocks import Days, PastEnd

if TYPE_CHECKING:
    from kanban.commands.base.session import Session
    from kanban.model.cards.card import Card
    from kanban.model.history.events import Event
    from kanban.repository.kept.known_clocks import KnownClocks


def board_of(session: Session) -> Board:
    """The board as it stood on the session's day, for verbs that show it.

    The folder as it is, unless something was committed to the board after that day: then the cards that the ledger of
    the day has, under the board.yml in force, and every other file (scripts, templates, experiments) as it was then.
    Raises ShallowHistory where the past is needed and not there.
    """
    if session.looks_back:
        session.board  # noqa: B018 - the folder is read once: the history takes the former names of cards from the board
    if is_still_so(session):
        return session.board
    from kanban.commands.base.ledger import board_then

    return board_then(session)


def clocks_of(session: Session, cards: Iterable[Card] | None = None) -> Mapping[str, Clocks]:
    """Card id → its clocks as of the session's day, for all cards or for these; {} outside a repository or in a

    shallow clone.
    """
    known = known_clocks(session)
    if known is None or not is_still_so(session):
        return _read(session, cards)
    board = session.board if cards is None else Board(session.config, tuple(cards))
    last = known.last("event")
    if last is None or any(card.id not in known for card in board.open_cards):
        last = _learn(session, known, board)
    if last > session.today:
        return _read(session, cards)
    return CardClocks(board.cards, _Reading(session, known, board).of)


def _learn(session: Session, known: KnownClocks, board: Board) -> date:
    """Read the history for the open cards whose clocks are not known; the day of the last thing that happened."""
    history = session.history(needed=False)
    last = history.told[-1].at.date() if history.told else date.min
    if last > session.today:
        return last
    ends = {card.id: _end(history.of(card.id)) for card in (*session.board.open_cards, *board.open_cards)}
    still = {card for card, end in ends.items() if card in known or known.still(card, end)}
    lacking = [card for card in board.open_cards if card.id not in still]
    found = _read(session, lacking)
    known.learn({card.id: (_days(session, found.get(card.id)), ends[card.id]) for card in lacking}, event=last)
    return last


def _end(events: tuple[Event, ...]) -> PastEnd:
    return PastEnd(events[-1].commit if events else "", len(events))


class _Reading:
    """The clocks of a board's cards, as they are known; those of others from the history, read when asked for."""

    def __init__(self, session: Session, known: KnownClocks, board: Board) -> None:
        self._session, self._known, self._board = session, known, board

    def of(self, card: str) -> Clocks | None:
        if card not in self._known:
            return self._others.get(card)
        days, today = self._known[card], self._session.today
        return days and Clocks(
            None if days.started is None else (today - days.started).days + 1,
            (today - days.since).days,
            (today - days.acted).days,
        )

    @cached_property
    def _others(self) -> Mapping[str, Clocks]:
        return _read(self._session, [card for card in self._board.cards if card.id not in self._known])


def _days(session: Session, clocks: Clocks | None) -> Days | None:
    """The days behind a card's clocks."""
    if clocks is None:
        return None
    today = session.today.toordinal()
    age = clocks.age_days
    started = None if age is None else date.fromordinal(today - age + 1)
    return Days(started, date.fromordinal(today - clocks.column_days), date.fromordinal(today - clocks.idle_days))


def _read(session: Session, cards: Iterable[Card] | None) -> Mapping[str, Clocks]:
    from kanban.commands.base.ledger import clocks_read

    return clocks_read(session, cards)
