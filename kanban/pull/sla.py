"""The promise of the Partner class: a first answer within so many hours of reception (D17).

The settled reading: the hours run from `received_at`; a day without a time of day counts from its start. They end at a
moment; when no time of day was written for the reception, none is promised for the answer, and it is due by the end of
that day. Received on the 1st at 09:00 with 24 hours: due on the 2nd at 09:00. Received on the 1st: due on the 2nd.
"""

from datetime import date, datetime, time, timedelta

from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.settings.policies import ClassOfService
from kanban.model.typed.values import When
from kanban.values import dataclass


@dataclass(frozen=True, slots=True)
class Promise:
    """An answer promised within `hours`: the moment or day by which it is `due`, and when it was given, if it was.

    An answer without a time of day is given the benefit of the whole day it was given on.
    """

    hours: int
    due: When
    answered: When | None

    def is_missed(self, today: date) -> bool:
        """Whether the answer is still owed and was due before `today`."""
        return self.answered is None and self.due.day < today

    @property
    def is_broken(self) -> bool:
        """Whether the answer came after it was due."""
        return self.answered is not None and self.answered.sort_key() > (self.due.day, self.due.time or time.max)


def promised_hours(service: ClassOfService) -> int | None:
    """Hours from reception to the first answer in this class; None where nothing is promised."""
    return service.sla_hours


def promise_of(board: Board, card: Card) -> Promise | None:
    """The promise made to this card's partner; None without an SLA for its class or without a reception."""
    hours = promised_hours(board.config.class_of(card.service_class))
    received, answered = card.values.get("received_at"), card.values.get("answered_at")
    if hours is None or not isinstance(received, When):
        return None
    due = datetime.combine(received.day, received.time or time.min) + timedelta(hours=hours)
    at = due.time().replace(second=0, microsecond=0) if received.time is not None else None
    return Promise(hours, When(due.date(), at), answered if isinstance(answered, When) else None)
