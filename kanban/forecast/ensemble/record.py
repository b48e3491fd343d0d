"""Record: what the reported interval held on this board, and whether it is enough to promise a percentage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kanban.forecast.ensemble.counts import inside
from kanban.forecast.ensemble.ensemble import Ensemble, Origin
from kanban.metrics.base.intervals import Rate, rate_of

PROMISE = 0.8
"""What the 10–90 % interval is meant to hold."""

FEWEST = 12
"""Outcomes apart from which a percentage is promised."""

RECENT_MISSES = 3
"""Misses in a row after which it is not (chance 0.8 %)."""


@dataclass(frozen=True, slots=True)
class Record:
    """The share of outcomes that the reported 10–90 % interval held, at origins whose weeks do not overlap.

    Counted back from the last whose outcome is known to the end of the start-up.
    """

    held: Rate
    missed_in_a_row: int

    @property
    def promises(self) -> bool:
        """Whether a percentage may be named: twelve outcomes, and not three misses in a row just now."""
        return self.held.n >= FEWEST and self.missed_in_a_row < RECENT_MISSES


def told(ensemble: Ensemble) -> list[tuple[Origin, int]]:
    """Every forecast made on a Sunday with what came of it as it is known today, oldest first."""
    today = ensemble.origins[-1].known
    pairs = [(one, today.outcome(one.day, ensemble.ahead)) for one in ensemble.origins if one.day.weekday() == 6]
    return [(one, outcome) for one, outcome in pairs if outcome is not None]


def apart(ensemble: Ensemble) -> list[tuple[Origin, int]]:
    """Those whose weeks do not overlap, made after the start-up as it is seen today, with a win known by then."""
    begin = ensemble.origins[-1].begin
    return [pair for pair in told(ensemble)[::-1][:: ensemble.ahead] if pair[0].begin == begin and pair[0].known.won][
        ::-1
    ]


def record_of(ensemble: Ensemble | None) -> Record:
    """The record up to the last known outcome."""
    hits = [inside(one.quantiles, outcome) for one, outcome in apart(ensemble)] if ensemble else []
    return Record(rate_of(sum(hits), len(hits)), _misses(hits))


def _misses(hits: Sequence[bool]) -> int:
    return next((count for count, hit in enumerate(reversed(hits)) if hit), len(hits))
