"""Past: what was known on every Sunday that was, and what the card model said then: what an ensemble learns from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from kanban.forecast.ensemble.counts import Quantiles
from kanban.forecast.ensemble.ensemble import Ensemble
from kanban.forecast.ensemble.known import Known
from kanban.forecast.models.card_model import CardModel
from kanban.forecast.models.past_cards import PastCards
from kanban.forecast.recalled import Recalled
from kanban.forecast.retold import Version, known_weeks, versions
from kanban.metrics.base.track import Track
from kanban.model.history.events import History

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

        found = Ensemble(ahead, said, self.recalled).walk(self.known, today)
        self.recalled.keep()
        return found
