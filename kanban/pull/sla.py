"""The promise of the Partner class: a first answer within so many hours of reception (D17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.typed.values import When


@dataclass(frozen=True, slots=True)
class Promise:
    """Reception, deadline and answer, in the board's local time. A reception without a time counts from midnight."""

    received: datetime
    deadline: datetime
    answered: datetime | None

    def state(self, now: datetime) -> str:
        """`kept`, `broken` (answered late), `running`, or `missed` (the deadline passed without an answer)."""
        if self.answered is not None:
            return "kept" if self.answered <= self.deadline else "broken"
        return "running" if now <= self.deadline else "missed"


def promise_of(board: Board, card: Card) -> Promise | None:
    """The promise made to this card's partner; None without an SLA for its class or without a reception."""
    hours = board.config.class_of(card.service_class).sla_hours
    received = card.values.get("received_at")
    if hours is None or not isinstance(received, When):
        return None
    start = _moment(received, time.min)
    answered = card.values.get("answered_at")
    # An answer without a time is given the benefit of the whole day it was given on.
    said = (
        _moment(answered, start.time() if answered.day == start.date() else time.min)
        if isinstance(answered, When)
        else None
    )
    return Promise(start, start + timedelta(hours=hours), said)


def _moment(when: When, default: time) -> datetime:
    return datetime.combine(when.day, when.time or default)
