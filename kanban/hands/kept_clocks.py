"""The clocks of cards, worked out again only of those to which something happened: a hand asks after every gesture."""

from collections.abc import Mapping
from datetime import date

from kanban.commands.base.day_shown import clocks_of
from kanban.commands.base.ledger import clocks_on
from kanban.commands.base.session import Session
from kanban.metrics.clock_days import CardClocks, Clocks
from kanban.model.cards.board import Board
from kanban.model.history.events import History
from kanban.model.settings.board_yml import BoardConfig


class KeptClocks:
    """Card id → its last event and its clocks, for one day and one configuration."""

    def __init__(self) -> None:
        self._context: tuple[date, BoardConfig] | None = None
        self._known: dict[str, tuple[str, int, Clocks | None]] = {}

    def of(self, session: Session, history: History, board: Board) -> Mapping[str, Clocks]:
        """The clocks of the board's cards; {} where only part of the history is there."""
        if history.shallow:
            return {}
        context = session.today, board.config
        if self._context != context:
            self._context, self._known = context, {}
        shown = [card for card in board.cards if self._lacks(card.id, history)]
        first = not self._known
        found = clocks_of(session, shown) if first else clocks_on(session, history, Board(board.config, tuple(shown)))

        def read(card: str) -> Clocks | None:
            if self._lacks(card, history):
                self._known[card] = (*_last(history, card), found.get(card))
            return self._known[card][2]

        return CardClocks(board.cards, read)

    def _lacks(self, card: str, history: History) -> bool:
        known = self._known.get(card)
        return known is None or known[:2] != _last(history, card)


def _last(history: History, card: str) -> tuple[str, int]:
    events = history.of(card)
    return events[-1].commit if events else "", len(events)
