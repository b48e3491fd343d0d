"""Walk: a card's way over the board seen once a day, at its end: what a model with daily steps can be fitted to.

Columns through which a card passed within one day leave no trace; a card that left and came back on one day never left.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from kanban.metrics.base.journeys import DELETED, Journey

GONE = DELETED
"""Where a card is once its file was deleted."""


class Step(NamedTuple):
    """The card stood in `column` at the end of every day from `since` until the day before the next step."""

    column: str
    since: date


@dataclass(frozen=True, slots=True)
class Walk:
    """The steps of one card, oldest first; the last one goes on."""

    card: str
    steps: tuple[Step, ...]


def walk_of(journey: Journey) -> Walk:
    """The walk of a journey. A card made and deleted within one day has the single step of being gone."""
    steps: list[Step] = []
    for stay in journey.stays:
        _place(steps, stay.column, stay.since)
    last = journey.stays[-1]
    if last.until is not None:
        _place(steps, GONE, last.until)
    return Walk(journey.card, tuple(steps))


def _place(steps: list[Step], column: str, day: date) -> None:
    if steps and steps[-1].since == day:
        steps.pop()
    if not steps or steps[-1].column != column:
        steps.append(Step(column, day))
