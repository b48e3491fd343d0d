"""Card model: wins card by card: those on the board by their column and age, and those that will still arrive.

Open cards are independent events, each with its probability of being won within the horizon (Poisson-binomial).
Arrivals of the coming days are Poisson at a rate known from the last 13 weeks (Gamma-Poisson), each with the
probability of being won in the days then left.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from kanban.forecast.evidence import Evidence
from kanban.forecast.models.distribution import Pmf, convolve
from kanban.forecast.models.gamma_poisson import predictive
from kanban.forecast.models.hazards import Hazards, fit
from kanban.forecast.models.poisson_binomial import poisson_binomial
from kanban.forecast.models.winning import Winning, winning


@dataclass(frozen=True)
class CardModel:
    """The model fitted to the evidence, good for horizons up to `days` days."""

    evidence: Evidence
    days: int

    @cached_property
    def hazards(self) -> Hazards:
        """What was seen of moves."""
        found = self.evidence
        return fit(found.walks, found.track, found.as_of, found.days)

    @cached_property
    def winning(self) -> Winning:
        """What follows from it."""
        return winning(self.hazards)

    @cached_property
    def places(self) -> dict[str, tuple[int, int]]:
        """Open card → rank of its column and days it has stood there."""
        ranks = {column: rank for rank, column in enumerate(self.evidence.track.open_columns)}
        found = {}
        for walk in self.evidence.walks:
            last = walk.steps[-1]
            if last.column in ranks:
                found[walk.card] = (ranks[last.column], (self.evidence.as_of - last.since).days)
        return found

    def chance(self, card: str, days: int) -> float:
        """P(the open card is won within `days` days); 0 for one that is not open."""
        place = self.places.get(card)
        return 0.0 if place is None else self.winning.chance(*place, days)

    def chances(self, days: int) -> dict[str, float]:
        """Open card → P(won within `days` days)."""
        return {card: self.winning.chance(rank, age, days) for card, (rank, age) in self.places.items()}

    def arriving(self, days: int) -> Pmf:
        """Wins within `days` days among cards that are not on the board yet."""
        found = self.hazards
        worth = sum(
            share * self.winning.chance(rank, 0, days - day)
            for day in range(1, days + 1)
            for rank, share in found.entries.items()
        )
        return predictive(found.entered, found.watched, worth)

    def wins(self, days: int, without: frozenset[str] = frozenset()) -> Pmf:
        """Wins within `days` days, `without` some of the open cards."""
        standing = (chance for card, chance in self.chances(days).items() if card not in without)
        return convolve(poisson_binomial(standing), self.arriving(days))
