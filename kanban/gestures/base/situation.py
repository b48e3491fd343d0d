"""What a gesture is made on: the board as it stands, the day, and who makes it."""

from collections.abc import Callable
from dataclasses import field
from datetime import date

from kanban.errors import KanbanError, Refused
from kanban.gestures.base.days import day_typed, past_day_typed
from kanban.i18n import _
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.history.events import History
from kanban.paper.plain import typed
from kanban.values import dataclass


def _no_past() -> History:
    return History(())


@dataclass(frozen=True)
class Situation:
    """The board with all its files, the day that counts as today, and the moment as it is written to a card.

    The rest is asked for only by the gestures that need it, since it may cost a reading of the whole history: `who` is
    the name under which git knows the person ("": none), `past` what happened to the cards.
    """

    board: Board
    today: date
    stamp: str
    who: Callable[[], str] = field(default=str, compare=False)
    past: Callable[[], History] = field(default=_no_past, compare=False)

    def day(self, text: str, option: str) -> date:
        """The day that a person typed after `option`. Raises KanbanError when it cannot be understood."""
        return day_typed(text, option, self.today, self.board.config.language)

    def day_not_to_come(self, text: str, option: str) -> date | None:
        """The same for a day that has begun; None when nothing was typed. Raises KanbanError for a day to come."""
        language = self.board.config.language
        day = past_day_typed(text, option, self.today, language) if text else None
        if day is not None and day > self.today:
            message = _("{option}: {day} is still to come").format(option=option, day=day.isoformat())
            raise KanbanError(message, cure=_("leave `{option}` out for today").format(option=option))
        return day

    def still_played(self, named: str) -> Card:
        """The card, for what is done only while a deal may still be won. Raises Refused for one that is won or lost."""
        card = self.board.named(named)
        column = self.board.column_of(card)
        if column.kind in ("won", "lost"):
            message = _("{card} is closed: {column}").format(card=card.id, column=column.name)
            raise Refused(message, [], cure=f'`kanban reopen {typed(card.id)} --reason "…"`')
        return card
