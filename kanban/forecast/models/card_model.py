"""Card model: wins card by card: those on the board by their column and age, and those that will still arrive.

Open cards are independent events, each with its probability of being won within the horizon (Poisson-binomial).
Arrivals of the coming days are Poisson at a rate known from the last 13 weeks (Gamma-Poisson), each with the
probability of being won in the days then left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import sqrt

from kanban.forecast.ensemble.counts import EXACT_BELOW, Quantiles, normal, of_masses
from kanban.forecast.evidence import Evidence
from kanban.forecast.models.distribution import convolve
from kanban.forecast.models.gamma_poisson import predictive
from kanban.forecast.models.hazards import Hazards, fit
from kanban.forecast.models.poisson_binomial import poisson_binomial
from kanban.forecast.models.winning import OLDEST, Winning, winning


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

    def quantiles(self, days: int, without: frozenset[str] = frozenset()) -> Quantiles:
        """Wins within `days` days, `without` some of the open cards."""
        places = Counter((rank, min(age, OLDEST)) for card, (rank, age) in self.places.items() if card not in without)
        return wins(self.winning, places, days)


def wins(winning: Winning, places: Mapping[tuple[int, int], int], days: int) -> Quantiles:
    """Wins within `days` days of the open cards, counted by column and age, and of those that will still arrive."""
    found, mean, variance = winning.hazards, 0.0, 0.0
    standing: list[float] = []
    for (rank, age), count in sorted(places.items()):
        chance = winning.chance(rank, age, days)
        standing += [chance] * count
        mean += count * chance
        variance += count * chance * (1 - chance)
    worth = sum(
        share * winning.chance(rank, 0, days - day)
        for day in range(1, days + 1)
        for rank, share in found.entries.items()
    )
    arriving = (0.5 + found.entered) * worth / max(1, found.watched)
    if mean + arriving >= EXACT_BELOW:
        return normal(mean + arriving, sqrt(variance + arriving * (1 + worth / max(1, found.watched))))
    return of_masses(
        dict(enumerate(convolve(poisson_binomial(standing), predictive(found.entered, found.watched, worth))))
    )
