"""The values a card's fields hold once read: money, and a day with or without a time."""

import datetime
from decimal import Decimal

from kanban.values import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An exact amount in one currency (ISO 4217 code); amounts of two currencies are never added."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


@dataclass(frozen=True, slots=True)
class When:
    """A calendar day in the board's timezone, with a time of day when one was given."""

    day: datetime.date
    time: datetime.time | None = None

    def isoformat(self) -> str:
        """`2026-10-12` or `2026-10-12T10:00`, the form in which it is written to a card."""
        if self.time is None:
            return self.day.isoformat()
        return f"{self.day.isoformat()}T{self.time:%H:%M}"

    def sort_key(self) -> tuple[datetime.date, datetime.time]:
        """Orders a day without a time before the same day with one."""
        return self.day, self.time or datetime.time.min
