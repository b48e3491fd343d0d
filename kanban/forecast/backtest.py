"""Backtest: the forecasts that would have been made on past days, from what was known then, against what came.

One origin per complete week (its Sunday), from the sixth week on, as far as the horizon has passed. At each origin the
evidence is rebuilt from the events this repository knew by that day; a win logged later was not known, but counts as
an outcome in the week in which it happened. Claims ("better than …") rest on origins whose horizons do not overlap, and
are made only from twelve of them on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from kanban.forecast.evidence import evidence_known
from kanban.forecast.methods import MONTE_CARLO, RECOMMENDED, SHEET, forecasts
from kanban.forecast.models.bootstrap import Difference, paired_difference
from kanban.forecast.models.scoring import Quantiles, Score, score
from kanban.forecast.models.sheet_rule import sheet_rule
from kanban.metrics.base.intervals import Rate, rate_of
from kanban.metrics.base.journeys import WON, journey_of
from kanban.metrics.base.track import Track
from kanban.metrics.base.weeks import WEEK, complete_mondays
from kanban.metrics.flow.throughput import RECENT_WEEKS
from kanban.model.history.events import Event, History

FEWEST_ORIGINS = 12


@dataclass(frozen=True, slots=True)
class Origin:
    """A past day, the quantiles each method gave on it, and the wins that came in the weeks after."""

    day: date
    forecasts: Mapping[str, Quantiles]
    outcome: int
    sheet_interval: tuple[float, float]


@dataclass(frozen=True)
class Backtest:
    """The origins, oldest first, and what they say about each method."""

    weeks: int
    origins: tuple[Origin, ...]

    @property
    def apart(self) -> tuple[Origin, ...]:
        """The origins whose horizons do not overlap, counted back from the last."""
        return self.origins[::-1][:: self.weeks][::-1]

    @property
    def enough_history(self) -> bool:
        """Whether there are twelve origins apart."""
        return len(self.apart) >= FEWEST_ORIGINS

    @property
    def sheet_literal(self) -> Rate:
        """How often the sheet's own interval, h·X ± σ, held the outcome."""
        held = [low <= origin.outcome <= high for origin in self.origins for low, high in (origin.sheet_interval,)]
        return rate_of(sum(held), len(held))

    def scores(self) -> dict[str, Score]:
        """Method → its score over all origins."""
        return _scores(self.origins)

    def differences(self) -> dict[str, Difference]:
        """The recommended method against the sheet's rule and Monte Carlo, on origins apart; {} when too few."""
        if not self.enough_history:
            return {}
        scores = _scores(self.apart)
        found = {
            name: paired_difference(scores[RECOMMENDED].losses, scores[name].losses) for name in (SHEET, MONTE_CARLO)
        }
        return {name: difference for name, difference in found.items() if difference is not None}


def _scores(origins: tuple[Origin, ...]) -> dict[str, Score]:
    names = list(origins[0].forecasts) if origins else []
    found = {name: score([(origin.forecasts[name], origin.outcome) for origin in origins]) for name in names}
    return {name: one for name, one in found.items() if one is not None}


def backtest(
    history: History,
    track: Track,
    as_of: date,
    *,
    weeks: int = 4,
    every: int = 1,
    known: MutableMapping[str, str] | None = None,
) -> Backtest:
    """The backtest of `weeks`-week forecasts up to `as_of`, at every `every`-th origin counted back from the last.

    `history` must hold what became known up to `as_of`; nothing after it is looked at. `known` keeps origins for the
    next time, by a digest of all that happened up to the end of their weeks.
    """
    past = history.as_of(as_of)
    first = past.events[0].at.date() if past.events else None
    if first is None:
        return Backtest(weeks, ())
    sundays = [monday + timedelta(days=6) for monday in complete_mondays(first, as_of)]
    days = sundays[RECENT_WEEKS - 1 : len(sundays) - weeks][::-1][::every][::-1]
    if known is None:
        made = [_origin(past, track, day, weeks) for day in days]
    else:
        made = [_remembered(past, track, day, weeks, key, known) for day, key in _keys(past, track, days, weeks)]
    return Backtest(weeks, tuple(one for one in made if one is not None))


def _keys(past: History, track: Track, days: list[date], weeks: int) -> Iterator[tuple[date, str]]:
    """Each day with a digest of the events up to the end of the weeks after it: what its origin is made from."""
    told = sha256(repr((tuple(track.kinds.items()), track.commitment, weeks)).encode())
    events, at = past.events, 0
    for day in days:
        begin, last = at, day + WEEK * weeks
        while at < len(events) and events[at].at.date() <= last:
            at += 1
        lines = [
            "\0".join((one.card, one.kind, one.from_column or "", one.to_column or "", one.at.isoformat(), _day(one)))
            for one in events[begin:at]
        ]
        told.update("\n".join([*lines, ""]).encode("utf-8", "surrogatepass"))
        yield day, f"backtest {day} {told.hexdigest()}"


def _day(event: Event) -> str:
    return str(event.known_at.toordinal())


def _remembered(
    past: History, track: Track, day: date, weeks: int, key: str, known: MutableMapping[str, str]
) -> Origin | None:
    text = known.get(key)
    if text is None:
        origin = _origin(past, track, day, weeks)
        known[key] = json.dumps(origin and [origin.forecasts, origin.outcome, origin.sheet_interval])
        return origin
    if (told := json.loads(text)) is None:
        return None
    forecasts = {name: {int(level): value for level, value in found.items()} for name, found in told[0].items()}
    return Origin(day, forecasts, told[1], (told[2][0], told[2][1]))


def _origin(past: History, track: Track, day: date, weeks: int) -> Origin | None:
    evidence = evidence_known(past, track, day)
    found = forecasts(evidence, weeks)
    if not found or len(evidence.weekly_wins) < RECENT_WEEKS:
        return None
    outcome = wins_between(past, track, day + timedelta(days=1), day + WEEK * weeks)
    rule = sheet_rule(evidence.weekly_wins, weeks)
    interval = (0.0, 0.0) if rule is None else (rule.low or 0.0, rule.high or 0.0)
    return Origin(day, found, outcome, interval)


def wins_between(past: History, track: Track, first: date, last: date) -> int:
    """Wins from `first` to `last`, both included, as the board stood at the end of `last`."""
    then = past.as_of(last)
    moved = {event.card for event in then.events if event.to_column and track.kinds.get(event.to_column) == WON}
    found = [journey_of(then.of(card), track) for card in moved if then.of(card)[-1].at.date() >= first]
    return sum(one is not None and one.outcome == WON and one.ended is not None and one.ended >= first for one in found)
