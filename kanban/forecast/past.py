"""Past: what was known on every Sunday that was, and what the card model said then: what an ensemble learns from."""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, cast

from kanban.forecast.ensemble.counts import Quantiles
from kanban.forecast.ensemble.ensemble import Ensemble
from kanban.forecast.ensemble.known import Known
from kanban.forecast.ensemble.remembered import recall, told
from kanban.forecast.models.card_model import CardModel
from kanban.forecast.models.past_cards import PastCards
from kanban.forecast.recalled import Recalled
from kanban.forecast.retold import Version, known_weeks, versions
from kanban.metrics.base.track import Track
from kanban.model.history.events import History

_PLAIN = 2
"""The form in which equal values are equal bytes: later ones say which of them are one object."""

_FEWEST_WEEKS = 4
"""Weeks before which the card model is not asked."""


@dataclass(frozen=True)
class Past:
    """The events up to `as_of`."""

    history: History
    track: Track
    as_of: date
    recalled: Recalled = field(default_factory=Recalled)

    @cached_property
    def _told(self) -> tuple[Version, ...]:
        return tuple(versions(self.history, self.track))

    @cached_property
    def known(self) -> tuple[Known, ...]:
        """What was known on every Sunday on which a week was complete."""
        return tuple(one for one in known_weeks(self.history, self._told, self.track, self.as_of) if one.weekly)

    @cached_property
    def cards(self) -> PastCards:
        """What the card model said."""
        return PastCards(self._told, self.track, self.as_of, self.recalled)

    def ensemble(self, today: Known, model: CardModel, ahead: int) -> Ensemble:
        """What has been learned up to today; `model` is today's."""

        def said(known: Known, weeks: int) -> Quantiles | None:
            if len(known.weekly) < _FEWEST_WEEKS:
                return None
            return model.quantiles(7 * weeks) if known is today else self.cards.said(known, weeks)

        found = Ensemble(ahead, said, self.recalled)
        over = [one for one in self.known if one.day < today.day]
        gone = self._recall(found, over)
        if gone < len(over):
            found.walk(over[gone:])
            self.recalled.note(f"walk {ahead}", {"made_from": self._made_from(over), **told(found)})
        found.arrive(today)
        self.recalled.keep()
        return found

    def _recall(self, ensemble: Ensemble, over: Sequence[Known]) -> int:
        """How many of the Sundays need not be gone over again: a run before did, and knew the same of them."""
        kept = cast("dict[str, Any] | None", self.recalled.last(f"walk {ensemble.ahead}"))
        gone = len(kept["origins"]) if kept is not None else 0
        if kept is None or not 0 < gone <= len(over) or kept["made_from"] != self._made_from(over[:gone]):
            return 0
        recall(ensemble, kept, over[:gone])
        return gone

    def _made_from(self, over: Sequence[Known]) -> str:
        """A digest of all that a walk over these Sundays looks at: what was known of wins, and where cards stood."""
        last = over[-1].day
        known = [(one.day.toordinal(), one.first.toordinal(), one.weekly) for one in over]
        cards = [
            (one.since.toordinal(), _by(one.until, last), stays)
            for one in self._told
            if one.since <= last and (stays := list(_stays(one, last)))
        ]
        found = repr(self.track).encode() + marshal.dumps((known, cards), _PLAIN)
        return hashlib.blake2b(found, digest_size=16).hexdigest()


def _stays(version: Version, last: date) -> Iterator[tuple[str, int, int]]:
    """Column, first and last day of the stays that had begun by a day."""
    for stay in version.journey.stays:
        if stay.since <= last:
            yield stay.column, stay.since.toordinal(), _by(stay.until, last)


def _by(day: date | None, last: date) -> int:
    """A day, where it has come by the last one; else 0."""
    return day.toordinal() if day is not None and day <= last else 0
