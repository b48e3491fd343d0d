"""Evidence: what a forecast may look at: the journeys of cards up to a day, and the wins of each complete week.

A forecast takes this and nothing else, so one made for a past day cannot know what came after.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kanban.forecast.models.walks import Walk, walk_of
from kanban.metrics.base.journeys import Journey, journeys
from kanban.metrics.base.ledger import Ledger
from kanban.metrics.base.track import Track
from kanban.metrics.base.window import Window
from kanban.metrics.flow.throughput import throughput
from kanban.model.history.counting import known_by
from kanban.model.history.events import History


@dataclass(frozen=True)
class Evidence:
    """Journeys as they stood at the end of `as_of`; `first` is the day of the board's first event."""

    track: Track
    as_of: date
    first: date | None
    journeys: Mapping[str, Journey]

    @cached_property
    def weekly_wins(self) -> tuple[int, ...]:
        """Wins of every complete week, oldest first, weeks without a win included."""
        return tuple(week.won for week in throughput(self.journeys.values(), self.first, Window(self.as_of)).weeks)

    @cached_property
    def walks(self) -> tuple[Walk, ...]:
        """Where each card stood at the end of each day."""
        return tuple(walk_of(journey) for journey in self.journeys.values())

    @cached_property
    def days(self) -> int:
        """How many days the board has been watched."""
        return 0 if self.first is None else max(0, (self.as_of - self.first).days + 1)


def evidence_of(ledger: Ledger) -> Evidence:
    """The evidence that a ledger holds."""
    return Evidence(ledger.track, ledger.as_of, ledger.first, ledger.journeys)


def evidence_known(history: History, track: Track, day: date) -> Evidence:
    """What this repository knew at the end of `day` of what had happened by then: nothing recorded later counts."""
    past = known_by(history, day).as_of(day)
    first = past.events[0].at.date() if past.events else None
    return Evidence(track, day, first, journeys(past, track))
