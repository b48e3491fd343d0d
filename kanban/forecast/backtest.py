"""Backtest: the forecasts that were made on past Sundays, from what was known then, against what came.

One origin per complete week, from the sixth week on, as far as the horizon has passed. A win logged later was not known
then, but counts as an outcome in the week in which it happened. Claims ("better than …") rest on origins whose
horizons do not overlap, and are made only from twelve of them on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field
from datetime import date
from functools import cached_property

from kanban.forecast.ensemble.calibration import whole
from kanban.forecast.ensemble.counts import LEVELS, Quantiles
from kanban.forecast.ensemble.ensemble import MONTE_CARLO, MONTE_CARLO_LONG, SHEET, Ensemble
from kanban.forecast.ensemble.masses import poured
from kanban.forecast.ensemble.record import FEWEST, told
from kanban.forecast.models.bootstrap import Difference, paired_difference
from kanban.forecast.models.distribution import Pmf
from kanban.forecast.models.scoring import Pit, Score, pit, score
from kanban.forecast.models.sheet_rule import sheet_rule
from kanban.forecast.recalled import Recalled
from kanban.metrics.base.intervals import Rate, rate_of
from kanban.metrics.flow.throughput import RECENT_WEEKS

REPORTED = "recommended"
"""What was said, whatever method it came from."""

HORIZONS = (1, 2, 4, 8)
_RIVALS = (SHEET, MONTE_CARLO, MONTE_CARLO_LONG)
_AT = {percent: LEVELS.index(percent / 100) for percent in (10, 25, 50, 75, 90)}


@dataclass(frozen=True, slots=True)
class Origin:
    """A past day, the method then used, the fractional quantiles each gave, and the wins of the weeks after."""

    day: date
    method: str
    spreads: Mapping[str, Quantiles]
    outcome: int
    sheet_interval: tuple[float, float]

    def levels(self, method: str = REPORTED) -> dict[int, float]:
        """Percent → the quantile that a method reported: whole numbers, but for the sheet's rule."""
        spread = self.spreads[method]
        found = spread if method == SHEET else whole(spread)
        return {percent: found[at] for percent, at in _AT.items()}

    def masses(self, method: str = REPORTED) -> Pmf:
        """The distribution that a method gave."""
        return poured(self.spreads[method])


@dataclass(frozen=True)
class Backtest:
    """The origins, oldest first, and what they say about each method. Of losses that were compared before, `recalled`

    knows what came of it.
    """

    weeks: int
    origins: tuple[Origin, ...]
    recalled: Recalled = field(default_factory=Recalled, compare=False, repr=False)

    @cached_property
    def apart(self) -> tuple[Origin, ...]:
        """The origins whose horizons do not overlap, counted back from the last."""
        return self.origins[::-1][:: self.weeks][::-1]

    @property
    def enough_history(self) -> bool:
        """Whether there are twelve origins apart."""
        return len(self.apart) >= FEWEST

    @property
    def held(self) -> Rate:
        """What the reported 10–90 % interval held, on origins apart."""
        levels = [(one.levels(), one.outcome) for one in self.apart]
        return rate_of(sum(found[10] <= outcome <= found[90] for found, outcome in levels), len(levels))

    @property
    def sheet_literal(self) -> Rate:
        """How often the sheet's own interval, h·X ± σ, held the outcome."""
        held = [low <= origin.outcome <= high for origin in self.origins for low, high in (origin.sheet_interval,)]
        return rate_of(sum(held), len(held))

    def scores(self) -> dict[str, Score]:
        """Method → its score over all origins at which it spoke, what was reported first."""
        names = list(dict.fromkeys(name for origin in self.origins for name in origin.spreads))
        found = {name: _score(self.origins, name) for name in names}
        return {name: one for name, one in found.items() if one is not None}

    def skill(self, method: str, reference: str) -> float | None:
        """1 − loss / loss of the reference, over the origins at which both spoke; None where it never errs."""
        both = tuple(one for one in self.origins if method in one.spreads and reference in one.spreads)
        found, other = _score(both, method), _score(both, reference)
        return found.skill(other) if found and other else None

    def pit(self, method: str = REPORTED) -> Pit:
        """Where outcomes fell in what was forecast."""
        return pit([(one.masses(method), one.outcome) for one in self.origins if method in one.spreads])

    def differences(self) -> dict[str, Difference]:
        """What was reported against the methods people know, on origins apart; {} when too few."""
        if not self.enough_history:
            return {}
        found = {}
        for name in _RIVALS:
            both = tuple(one for one in self.apart if name in one.spreads)
            mine, other = _score(both, REPORTED), _score(both, name)
            difference = self._difference(mine.losses, other.losses) if mine and other else None
            if difference is not None:
                found[name] = difference
        self.recalled.keep()
        return found

    def _difference(self, one: Sequence[float], other: Sequence[float]) -> Difference | None:
        def drawn() -> list[float] | None:
            difference = paired_difference(one, other)
            return None if difference is None else list(astuple(difference))

        known = self.recalled.of(("differences", *one, *other), drawn)
        return None if known is None else Difference(known[0], known[1], known[2], int(known[3]))


def _score(origins: tuple[Origin, ...], name: str) -> Score | None:
    known = [one for one in origins if name in one.spreads]
    return score([(one.levels(name), one.outcome) for one in known], [one.masses(name) for one in known])


def backtest(ensemble: Ensemble) -> Backtest:
    """What came of the forecasts that an ensemble made on its way."""
    found = []
    for one, outcome in told(ensemble):
        weekly = one.known.weekly
        if len(weekly) >= RECENT_WEEKS:
            rule = sheet_rule(weekly, ensemble.ahead)
            interval = (0.0, 0.0) if rule is None else (rule.low or 0.0, rule.high or 0.0)
            spreads = {REPORTED: one.spread, **one.simple, **one.candidates}
            found.append(Origin(one.day, one.method, spreads, outcome, interval))
    return Backtest(ensemble.ahead, tuple(found), ensemble.recalled)
