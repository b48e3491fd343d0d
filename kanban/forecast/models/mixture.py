"""Mixture: the recommended forecast: half the card model, half the Gamma-Poisson of the weekly wins.

The card model sees what stands on the board and when it fails it fails because people, not cards, are the limit; the
weekly wins know nothing of the board but hold what the team gets done. Half of each loses little to either and stays
sound where one is wrong (measured: docs/forecast.md).
"""

from __future__ import annotations

from kanban.forecast.models.card_model import CardModel
from kanban.forecast.models.distribution import Pmf, mix
from kanban.forecast.models.gamma_poisson import gamma_poisson

METHOD = "cards+weeks"


def mixture(model: CardModel, weeks: int, without: frozenset[str] = frozenset()) -> Pmf | None:
    """Wins in the next `weeks` weeks; None before the first complete week.

    `without` leaves open cards out of the card model; the weekly wins are what they were.
    """
    steady = gamma_poisson(model.evidence.weekly_wins, weeks)
    return None if steady is None else half_and_half(model.wins(7 * weeks, without), steady)


def half_and_half(cards: Pmf, weeks: Pmf) -> Pmf:
    """The mixture of what the cards and what the weeks say."""
    return mix([(0.5, cards), (0.5, weeks)])
