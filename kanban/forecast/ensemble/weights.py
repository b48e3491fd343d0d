"""Weights: how much each candidate says, by its own past loss at this horizon on this board.

Quantile forecasts scored by pinball loss have the asymmetric Laplace distribution as their likelihood (Koenker &
Machado 1999; Yu & Moyeed 2001); with its scale fitted, the weight of a candidate of mean loss L after n outcomes is
L^−n. n is discounted by age, and divided by √h as outcomes of overlapping weeks repeat each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import exp, log, sqrt
from statistics import median_high

from kanban.forecast.ensemble.spread import Faded

_DRAWN = 2.0
_LEAST = 1e-9


def weigh(names: Iterable[str], losses: Mapping[str, Faded], ahead: int, alone: str = "") -> dict[str, float]:
    """Candidate → weight, adding up to 1. Without a record all are equal, but one that stands `alone` has half.

    The card model looks at the board, all others look at the same weekly counts: two families, half each to begin with.
    """
    known = list(names)
    prior = {name: max(1.0, len(known) - 1.0) if name == alone else 1.0 for name in known}
    means = [found.total / found.weight for found in losses.values() if found.weight]
    typical = median_high(sorted(means)) if means else 0.0
    if typical <= 0:
        return {name: weight / sum(prior.values()) for name, weight in prior.items()}
    scores = {name: _score(losses.get(name), typical, ahead) for name in known}
    best = max(scores.values())
    raw = {name: prior[name] * exp(score - best) for name, score in scores.items()}
    whole = sum(raw.values())
    return {name: weight / whole for name, weight in raw.items()}


def _score(found: Faded | None, typical: float, ahead: int) -> float:
    if found is None:
        return 0.0
    return -found.weight / sqrt(ahead) * log(max(found.drawn(typical, _DRAWN), _LEAST) / typical)
