"""Known: what was known of the weekly wins at the end of a day, which is all that a forecast of them may look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kanban.metrics.base.weeks import monday_of


@dataclass(frozen=True, slots=True)
class Known:
    """The wins of every complete week, and its Monday, as known at the end of `day`; `first`: of the first event."""

    day: date
    first: date
    weekly: tuple[int, ...]
    mondays: tuple[date, ...]

    @property
    def watched(self) -> int:
        """How many days the board had been watched."""
        return (self.day - self.first).days + 1

    @property
    def won(self) -> bool:
        """Whether anything had been won."""
        return any(self.weekly)

    def place(self, day: date) -> int:
        """The index of the week of a day; it may lie outside the known weeks."""
        return (day - monday_of(self.first)).days // 7

    def outcome(self, origin: date, ahead: int) -> int | None:
        """The wins of the weeks after a Sunday; None while they are not all over."""
        begin = self.place(origin + timedelta(days=1))
        return sum(self.weekly[max(begin, 0) : begin + ahead]) if begin + ahead <= len(self.weekly) else None


def from_week(known: Known, at: int) -> tuple[Sequence[int], Sequence[date]]:
    """The weeks from one on, with their Mondays."""
    return known.weekly[at:], known.mondays[at:]
