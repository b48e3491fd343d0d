"""Ensemble: one walk over the weeks of a board, forecasting at every week's end from what was known then.

At each origin every candidate gives quantiles; they are averaged, each weighted by its own past loss at this horizon,
and stretched by what the trailing coverage asks for. Only outcomes whose weeks were over at the origin are used, as
they were known then, so truncating the repository at an origin gives the same forecast. Candidates' quantiles are
averaged, not their distributions: a mixture of honest forecasts is too wide (Lichtendahl, Grushka-Cockayne & Winkler
2013).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import sqrt

from kanban.forecast.ensemble.calibration import Stretch, stretched, whole
from kanban.forecast.ensemble.counts import (
    HIGH,
    LEVELS,
    LOW,
    MIDDLE,
    Quantiles,
    convolved,
    normal,
    over_dispersed,
    pinball,
)
from kanban.forecast.ensemble.known import Known, from_week
from kanban.forecast.ensemble.places import PLACES
from kanban.forecast.ensemble.simpler import Rival, proven
from kanban.forecast.ensemble.spread import PRIOR, Faded, unit_of, unit_of_quantiles, weekly_dispersion
from kanban.forecast.ensemble.startup import start_of
from kanban.forecast.ensemble.weights import weigh
from kanban.forecast.models.sheet_rule import sheet_rule
from kanban.forecast.recalled import Recalled
from kanban.metrics.base.weeks import WEEK, monday_of
from kanban.metrics.flow.throughput import RECENT_WEEKS

ENSEMBLE, CARDS, SHEET = "ensemble", "cards", "sheet"
MONTE_CARLO, MONTE_CARLO_LONG = "monte-carlo-6", "monte-carlo-26"
_LONG = 26
_SPREAD_MEMORY, _LOSS_MEMORY = 0.97, 0.985
"""Half-lives of 23 and 46 weeks."""

_A_SAY = 0.02

Cards = Callable[[Known, int], Quantiles | None]
"""What was known, weeks ahead → what the card model said then, from what was known then (fractional quantiles)."""


@dataclass(frozen=True, slots=True)
class Origin:
    """One forecast of the `ahead` weeks after the day of what was known; weeks from the Monday `begin` on count.

    `expected` are the candidates' expectations, each with the squared error that is usual for it. `candidates` are
    what was mixed by `weights`, `simple` the methods people know, as they are. `method` is the one used: `ensemble`,
    or a simple one that was proven better. `spread` are its fractional quantiles after calibration.
    """

    known: Known
    ahead: int
    begin: date
    expected: Mapping[str, tuple[float, float]]
    candidates: Mapping[str, Quantiles]
    simple: Mapping[str, Quantiles]
    weights: Mapping[str, float]
    stretch: float
    method: str
    mixed: Quantiles
    spread: Quantiles

    @property
    def day(self) -> date:
        """The day on which it was made."""
        return self.known.day

    @property
    def quantiles(self) -> Quantiles:
        """The whole numbers that are reported."""
        return whole(self.spread)

    @property
    def range(self) -> tuple[int, int]:
        """The least and the most that any candidate with a say has within its own 10–90 % interval."""
        said = [whole(self.candidates[name]) for name, weight in self.weights.items() if weight >= _A_SAY]
        return int(min(one[LOW] for one in said)), int(max(one[HIGH] for one in said))


@dataclass
class Learned:
    """What outcomes have taught: how far each candidate strays and what it loses, who is better, how wide to be."""

    errors: dict[str, Faded] = field(default_factory=dict)
    losses: dict[str, Faded] = field(default_factory=dict)
    rivals: dict[str, Rival] = field(default_factory=dict)
    stretch: Stretch = field(default_factory=Stretch)


@dataclass
class Ensemble:
    """What has been learned so far at the horizon of `ahead` weeks; `origins` are the forecasts made, oldest first."""

    ahead: int
    cards: Cards | None = None
    recalled: Recalled = field(default_factory=Recalled)
    origins: list[Origin] = field(default_factory=list)
    learned: Learned = field(default_factory=Learned)
    _made: dict[date, Origin] = field(default_factory=dict)

    def walk(self, past: Sequence[Known]) -> None:
        """The next Sundays that were: what was forecast on each from what was known on it."""
        for known in past:
            self._learn(known)
            self.keep(self.forecast(known))

    def arrive(self, today: Known) -> Ensemble:
        """Today, after every Sunday before it; where it is one, it is the last of them. Returns itself."""
        if today.day.weekday() == 6:
            self._learn(today)
        self.keep(self.forecast(today))
        return self

    def keep(self, origin: Origin) -> None:
        """One more forecast."""
        self.origins.append(origin)
        self._made[origin.day] = origin

    def _learn(self, known: Known) -> None:
        """From the outcome that is known now; not from a forecast that counted other weeks, or one without a win."""
        origin = self._made.get(known.day - WEEK * self.ahead)
        if origin is None or not origin.known.won or origin.begin != _begin(known):
            return
        outcome = known.outcome(origin.day, self.ahead)
        if outcome is None:
            return
        for name, (expected, unit) in origin.expected.items():
            self.learned.errors.setdefault(name, Faded(_SPREAD_MEMORY)).learn((outcome - expected) ** 2 / unit)
        for name, quantiles in origin.candidates.items():
            self.learned.losses.setdefault(name, Faded(_LOSS_MEMORY)).learn(pinball(whole(quantiles), outcome))
        mixed = pinball(whole(stretched(origin.mixed, origin.stretch)), outcome)
        for name, quantiles in origin.simple.items():
            self.learned.rivals.setdefault(name, Rival()).learn(mixed - pinball(whole(quantiles), outcome))
        self.learned.stretch.learn(origin.quantiles, outcome, self.ahead)

    def forecast(self, known: Known, ahead: int | None = None, cards: Cards | None = None) -> Origin:
        """The forecast from what is known and has been learned so far.

        For another number of weeks (`ahead`), weights, spread and stretch are those learned at this horizon. `cards`
        is asked in place of the card model.
        """
        weeks, begin = ahead or self.ahead, _begin(known)
        weekly, mondays = from_week(known, known.place(begin))
        made_from = tuple(weekly), mondays[:1], weeks
        places = self.recalled.of(made_from, lambda: _places(weekly, mondays, weeks))
        simple = _simple(weekly, weeks)
        expected = {name: (value, unit_of(value)) for name, value in places.items()}
        candidates = self._spread(weekly, places, weeks)
        candidates |= {name: found for name, found in simple.items() if name != MONTE_CARLO}
        asked = cards or self.cards
        if asked is not None and (said := asked(known, weeks)) is not None:
            expected[CARDS] = said[MIDDLE], unit_of_quantiles(said)
            candidates[CARDS] = stretched(said, sqrt(max(1.0, self._error_of(CARDS).drawn(1.0, PRIOR))))
        weights = weigh(candidates, self.learned.losses, self.ahead, CARDS)
        mixed = tuple(sum(weights[name] * candidates[name][at] for name in weights) for at in range(len(LEVELS)))
        method = proven(self.learned.rivals, self.ahead) or ENSEMBLE
        factor = self.learned.stretch.factor
        spread = stretched(simple.get(method, mixed), factor)
        return Origin(
            known, weeks, begin, expected, candidates, simple, weights, factor, method, mixed, spread
        )  # fmt: skip

    def _error_of(self, name: str) -> Faded:
        return self.learned.errors.get(name) or Faded(_SPREAD_MEMORY)

    def _spread(self, weekly: Sequence[int], expected: Mapping[str, float], ahead: int) -> dict[str, Quantiles]:
        """Candidates that are a place with a learned spread; none expects less than half a win in all it has seen."""
        base, least = weekly_dispersion(weekly), ahead * 0.5 / (len(weekly) + 6)
        nothing = not any(weekly)
        found = {}
        for name, value in expected.items():
            window = min(len(weekly), PLACES[name].window)
            learned = self._error_of(name).drawn(base * (1 + self.ahead / window), PRIOR)
            farther = (1 + ahead / window) / (1 + self.ahead / window)
            mean = ahead * 0.5 / (len(weekly) + 1) if nothing else max(value, least)
            found[name] = over_dispersed(mean, max(1.0, learned * farther))
        return found


def _begin(known: Known) -> date:
    return monday_of(known.first) + WEEK * start_of(known.weekly)


def _places(weekly: Sequence[int], mondays: Sequence[date], ahead: int) -> dict[str, float]:
    found = {name: place.rule(weekly, mondays, ahead) for name, place in PLACES.items()}
    return {name: value for name, value in found.items() if value is not None}


def _simple(weekly: Sequence[int], ahead: int) -> dict[str, Quantiles]:
    """The methods people know, as they are: they need two weeks."""
    rule = sheet_rule(weekly, ahead)
    if rule is None or rule.sigma is None:
        return {}
    return {
        SHEET: normal(rule.expected, rule.sigma),
        MONTE_CARLO: convolved(weekly[-RECENT_WEEKS:], ahead),
        MONTE_CARLO_LONG: convolved(weekly[-_LONG:], ahead),
    }
