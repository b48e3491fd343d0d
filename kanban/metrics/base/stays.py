"""Stay: a card stood in one column from one moment (included) to another (left out).

Stays are half-open, `[entered, left)`; the last stay of a card still on the board has no end. Edits make no stay and
end none, nor does re-filing inside a column. A card whose file is deleted has no stay until it is created again.
Days are calendar days in the board's timezone; on a day with several moves a card stands where the last one put it.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from kanban.model.history.events import Event


class Stay(NamedTuple):
    """One visit of a card to a column. `since` and `until` are the days of `entered` and `left`."""

    card: str
    column: str
    entered: datetime
    left: datetime | None
    since: date
    until: date | None

    def days(self, as_of: date) -> int:
        """Length as a difference of dates; a stay that goes on is measured up to `as_of`."""
        return ((self.until or as_of) - self.since).days


def stays_of(events: Iterable[Event]) -> tuple[Stay, ...]:
    """The stays of one card, from its events in order. A repeated entry into the same column goes on with the stay."""
    stays: list[Stay] = []
    column: str | None = None
    entered: datetime | None = None
    for event in events:
        if event.kind == "edited" or event.to_column == column:
            continue
        if column is not None and entered is not None:
            stays.append(Stay(event.card, column, entered, event.at, entered.date(), event.at.date()))
        column, entered = event.to_column, event.at
        card = event.card
    if column is not None and entered is not None:
        stays.append(Stay(card, column, entered, None, entered.date(), None))
    return tuple(stays)
