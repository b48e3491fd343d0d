"""Backtests: nothing from the future, late news, honest scores, claims only with enough history."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from random import Random

import pytest
from scipy import stats

from benchmarks.worlds import TRACK as WORLD_TRACK
from benchmarks.worlds import WORLDS, World
from kanban.forecast.backtest import backtest, wins_between
from kanban.forecast.evidence import evidence_known
from kanban.forecast.methods import LEVELS, RECOMMENDED, SHEET, forecasts
from kanban.forecast.models.bootstrap import paired_difference
from kanban.forecast.models.distribution import quantile
from kanban.forecast.models.gamma_poisson import negative_binomial
from kanban.forecast.models.scoring import pinball, score
from kanban.model.history.events import History
from tests.forecast.telling import TRACK, told


@pytest.fixture(scope="module")
def steady() -> tuple[History, date]:
    return World("small", 62, WORLDS[2].draw).history(3)


def test_a_forecast_never_sees_the_future(steady: tuple[History, date]) -> None:
    """Cutting the history at an origin changes no forecast made there."""
    history, last = steady
    found = backtest(history, WORLD_TRACK, last, every=4)
    assert len(found.origins) > 10
    for origin in found.origins[::4]:
        cut = History(tuple(event for event in history.events if event.at.date() <= origin.day))
        assert forecasts(evidence_known(cut, WORLD_TRACK, origin.day), 4) == origin.forecasts


def test_a_win_logged_late_was_unknown_then_but_counts_where_it_happened() -> None:
    history = told({"a": "p01-06 w01-20", "b": "p01-06 w01-22"}, late={"b": "03-03"})
    assert evidence_known(history, TRACK, date(2025, 2, 2)).weekly_wins == (0, 0, 1, 0)
    assert evidence_known(history, TRACK, date(2025, 3, 9)).weekly_wins == (0, 0, 2, 0, 0, 0, 0, 0, 0)
    assert wins_between(history, TRACK, date(2025, 1, 20), date(2025, 1, 26)) == 2


def test_origins_are_sundays_from_the_sixth_week_on(steady: tuple[History, date]) -> None:
    history, last = steady
    found = backtest(history, WORLD_TRACK, last)
    days = [origin.day for origin in found.origins]
    assert all(day.weekday() == 6 for day in days)
    assert (days[-1] - days[0]).days == 7 * (len(days) - 1)
    assert (last - days[-1]).days == 28
    assert len(days) == 62 - 6 - 4 + 1
    apart = [origin.day for origin in found.apart]
    assert all((later - earlier).days == 28 for earlier, later in pairwise(apart))
    assert found.enough_history
    assert set(found.differences()) == {SHEET, "monte-carlo-6"}


def test_too_little_history_makes_no_claim() -> None:
    young = backtest(told({"a": "p01-06 w01-20", "b": "p03-24"}), TRACK, date(2025, 3, 30))
    assert (len(young.origins), young.enough_history, young.differences()) == (3, False, {})
    assert backtest(told({"a": "p01-06"}), TRACK, date(2025, 1, 20)).origins == ()


def test_pinball_by_hand() -> None:
    assert pinball({50: 3.0}, 5) == pytest.approx(1.0)
    assert pinball({90: 3.0}, 5) == pytest.approx(1.8)
    assert pinball({90: 5.0}, 3) == pytest.approx(0.2)
    assert pinball({10: 1.0, 90: 5.0}, 3) == pytest.approx((0.1 * 2 + 0.1 * 2) / 2)


def test_the_scorer_finds_a_perfect_forecast_calibrated() -> None:
    """Outcomes drawn from the very law that is forecast lie inside 10–90 as often as the law says."""
    law = negative_binomial(6.5, 0.6)
    forecast = {level: float(quantile(law, level / 100)) for level in LEVELS}
    random = Random(5)
    outcomes = random.choices(range(len(law)), weights=law, k=2000)
    found = score([(forecast, outcome) for outcome in outcomes])
    inside = sum(law[int(forecast[10]) : int(forecast[90]) + 1])
    assert found is not None
    low, high = stats.binom.ppf([0.0005, 0.9995], 2000, inside) / 2000
    assert low <= (found.coverage.rate or 0) <= high
    wrong = score([({level: value + 3 for level, value in forecast.items()}, outcome) for outcome in outcomes])
    assert wrong is not None
    assert wrong.pinball > found.pinball
    assert wrong.bias - found.bias == pytest.approx(3)


def test_the_bootstrap_tells_a_difference_from_none() -> None:
    random = Random(1)
    losses = [random.random() for _origin in range(30)]
    better = paired_difference([loss - 0.2 + random.random() / 20 for loss in losses], losses)
    same = paired_difference([loss + random.gauss(0, 1) for loss in losses], losses)
    assert better is not None
    assert better.proven
    assert better.high < 0
    assert same is not None
    assert not same.proven
    assert paired_difference([], []) is None
    assert better == paired_difference([loss - 0 for loss in losses], losses) or better.mean < 0


@pytest.mark.parametrize("world", WORLDS, ids=[world.name for world in WORLDS])
def test_the_recommended_forecast_beats_the_sheets_rule_in_every_world(world: World) -> None:
    """A small share of the table in docs/forecast.md, as a guard; `python -m benchmarks.forecast` makes all of it."""
    pairs: dict[str, list[tuple[dict[int, float], int]]] = {SHEET: [], RECOMMENDED: []}
    history, last = World(world.name, 70, world.draw).history(101)
    for origin in backtest(history, WORLD_TRACK, last, every=4).origins[4:]:
        for name, found in pairs.items():
            found.append((dict(origin.forecasts[name]), origin.outcome))
    sheet, recommended = score(pairs[SHEET]), score(pairs[RECOMMENDED])
    assert sheet is not None
    assert recommended is not None
    assert recommended.pinball < sheet.pinball
    assert (recommended.coverage.rate or 0) > (sheet.coverage.rate or 0)
