"""Backtests: nothing from the future, late news, honest scores, claims only with enough history."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from random import Random

import pytest
import scipy
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.worlds import TRACK as WORLD_TRACK
from benchmarks.worlds import WORLDS, World
from kanban.forecast.backtest import REPORTED, Backtest, backtest
from kanban.forecast.ensemble.counts import LEVELS, normal, of_masses
from kanban.forecast.ensemble.ensemble import SHEET, Ensemble
from kanban.forecast.ensemble.known import Known
from kanban.forecast.evidence import evidence_known
from kanban.forecast.models.bootstrap import paired_difference
from kanban.forecast.models.card_model import CardModel
from kanban.forecast.models.distribution import quantile
from kanban.forecast.models.gamma_poisson import negative_binomial
from kanban.forecast.models.scoring import crps, pinball, pit, score
from kanban.forecast.past import Past
from kanban.metrics.base.track import Track
from kanban.metrics.base.weeks import complete_mondays
from kanban.model.history.counting import history_of, known_by
from kanban.model.history.events import Event, History, Kind
from tests.forecast.telling import PARIS, TRACK, told


def ensemble(history: History, track: Track, day: date, ahead: int = 4) -> Ensemble:
    """What a repository says that knows this history by the end of the day."""
    past = known_by(history, day).as_of(day)
    evidence = evidence_known(past, track, day)
    assert evidence.first is not None
    today = Known(day, evidence.first, evidence.weekly_wins, complete_mondays(evidence.first, day))
    return Past(past, track, day).ensemble(today, CardModel(evidence, 7 * ahead), ahead)


@pytest.fixture(scope="module")
def steady() -> tuple[History, date]:
    return World("small", 62, WORLDS[2].draw).history(3)


@pytest.mark.parametrize("ahead", [1, 4])
def test_a_forecast_never_sees_the_future(steady: tuple[History, date], ahead: int) -> None:
    """The repository of a past day, all later commits cut off, says what the walk over the whole one says of it."""
    history, last = steady
    whole = ensemble(history, WORLD_TRACK, last, ahead)
    assert len(whole.origins) == 62
    for origin in whole.origins[::9]:
        assert ensemble(history, WORLD_TRACK, origin.day, ahead).origins[-1] == origin


LATE_BOARDS = st.lists(
    st.tuples(
        st.integers(0, 200),
        st.lists(st.tuples(st.sampled_from("ponwlx"), st.integers(0, 40), st.integers(0, 60)), min_size=1, max_size=5),
    ),
    min_size=1,
    max_size=12,
)
"""Cards: the day they came, then column (x: its file is removed), days until then, days until it was written down."""


def late_board(drawn: list[tuple[int, list[tuple[str, int, int]]]]) -> History:
    events = []
    for number, (born, moves) in enumerate(drawn):
        before: str | None = None
        day = date(2024, 1, 3) + timedelta(days=born)
        for column, after, late in moves:
            day += timedelta(days=after)
            to = None if column == "x" else column
            if to != before:
                at = datetime.combine(day, time(10), PARIS)
                kind: Kind = "removed" if to is None else "moved" if before else "created"
                path, known = f"{to}/{number}.md", at + timedelta(days=late)
                events.append(Event(f"c{number}", kind, before, to, at, known, "zoe", "c", path, f"{number}{day}"))
            before = to
    events.sort(key=lambda event: event.at)
    return history_of([event._replace(order=order) for order, event in enumerate(events)], {})


@settings(max_examples=40, deadline=None)
@given(LATE_BOARDS)
def test_what_was_known_and_what_the_card_model_said_is_that_of_the_day(
    drawn: list[tuple[int, list[tuple[str, int, int]]]],
) -> None:
    """Told once for all Sundays, as told for each of them alone: wins entered late, files that came and went."""
    history = late_board(drawn)
    if not history.events:
        return
    past = Past(history, TRACK, date(2024, 12, 29))
    for known in past.known[::3]:
        evidence = evidence_known(history, TRACK, known.day)
        assert (evidence.first, evidence.weekly_wins) == (known.first, known.weekly)
        model = CardModel(evidence, 28)
        assert past.cards.said(known, 4) == model.quantiles(28)


@settings(max_examples=15, deadline=None)
@given(LATE_BOARDS, st.integers(8, 40))
def test_cutting_a_repository_at_a_sunday_changes_no_forecast(
    drawn: list[tuple[int, list[tuple[str, int, int]]]], week: int
) -> None:
    history, sunday = late_board(drawn), date(2024, 1, 7) + timedelta(weeks=week)
    past = known_by(history, sunday).as_of(sunday)
    if past.events and len(past.events) < len(history.events):
        whole = ensemble(history, TRACK, date(2024, 12, 29), 2)
        then = next(origin for origin in whole.origins if origin.day == sunday)
        assert ensemble(past, TRACK, sunday, 2).origins[-1] == then


def test_a_win_logged_late_was_unknown_then_but_counts_where_it_happened() -> None:
    history = told({"a": "p01-06 w01-20", "b": "p01-06 w01-22"}, late={"b": "03-03"})
    known = {one.day: one.weekly for one in Past(history, TRACK, date(2025, 3, 9)).known}
    assert known[date(2025, 2, 2)] == (0, 0, 1, 0)
    assert known[date(2025, 3, 9)] == (0, 0, 2, 0, 0, 0, 0, 0, 0)
    today = ensemble(history, TRACK, date(2025, 3, 9)).origins[-1].known
    assert today.outcome(date(2025, 1, 19), 1) == 2
    assert today.outcome(date(2025, 2, 16), 4) is None


def test_origins_are_sundays_from_the_sixth_week_on(steady: tuple[History, date]) -> None:
    history, last = steady
    found = backtest(ensemble(history, WORLD_TRACK, last))
    days = [origin.day for origin in found.origins]
    assert all(day.weekday() == 6 for day in days)
    assert (days[-1] - days[0]).days == 7 * (len(days) - 1)
    assert (last - days[-1]).days == 28
    assert len(days) == 62 - 6 - 4 + 1
    apart = [origin.day for origin in found.apart]
    assert all((later - earlier).days == 28 for earlier, later in pairwise(apart))
    assert found.enough_history
    assert set(found.differences()) == {SHEET, "monte-carlo-6", "monte-carlo-26"}
    assert next(iter(found.scores())) == REPORTED


def test_too_little_history_makes_no_claim() -> None:
    young = backtest(ensemble(told({"a": "p01-06 w01-20", "b": "p03-24"}), TRACK, date(2025, 3, 30)))
    assert (len(young.origins), young.enough_history, young.differences()) == (3, False, {})
    assert backtest(ensemble(told({"a": "p01-06"}), TRACK, date(2025, 1, 20))).origins == ()
    assert Backtest(4, ()).scores() == {}


def test_losses_by_hand() -> None:
    assert pinball({50: 3.0}, 5) == pytest.approx(1.0)
    assert pinball({90: 3.0}, 5) == pytest.approx(1.8)
    assert pinball({90: 5.0}, 3) == pytest.approx(0.2)
    assert pinball({10: 1.0, 90: 5.0}, 3) == pytest.approx((0.1 * 2 + 0.1 * 2) / 2)
    assert crps((0.0, 1.0), 1) == 0
    assert crps((0.5, 0.5), 1) == pytest.approx(0.25)
    assert crps((1.0,), 3) == pytest.approx(3)


def test_pit_by_hand() -> None:
    found = pit([((0.5, 0.5), 0), ((0.5, 0.5), 1)])
    assert [found.below(level) for level in (0.25, 0.5, 1)] == [0.25, 0.5, 1]
    assert found.histogram(4) == (0.25,) * 4
    assert pit([((0.5, 0.5), 9)]).histogram(2) == (0, 1)


def test_the_scorer_finds_a_perfect_forecast_calibrated() -> None:
    """Outcomes drawn from the very law that is forecast lie inside 10–90 as often as the law says."""
    law = negative_binomial(6.5, 0.6)
    forecast = {level: float(quantile(law, level / 100)) for level in (10, 25, 50, 75, 90)}
    random = Random(5)
    outcomes = random.choices(range(len(law)), weights=law, k=2000)
    found = score([(forecast, outcome) for outcome in outcomes], [law] * 2000)
    inside = sum(law[int(forecast[10]) : int(forecast[90]) + 1])
    assert found is not None
    low, high = scipy.stats.binom.ppf([0.0005, 0.9995], 2000, inside) / 2000
    assert low <= (found.coverage.rate or 0) <= high
    shares = pit([(law, outcome) for outcome in outcomes]).histogram()
    assert all(abs(share - 0.1) < 0.02 for share in shares)
    wrong = score(
        [({level: value + 3 for level, value in forecast.items()}, outcome) for outcome in outcomes],
        [(0.0, 0.0, 0.0, *law)] * 2000,
    )
    assert wrong is not None
    assert wrong.pinball > found.pinball
    assert wrong.crps > found.crps
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


@pytest.mark.sweep
@pytest.mark.parametrize("world", WORLDS, ids=[world.name for world in WORLDS])
def test_what_is_said_beats_the_sheets_rule_in_every_world(world: World) -> None:
    """A small share of the table in docs/forecast.md, as a guard; `python -m benchmarks.forecast` makes all of it."""
    history, last = World(world.name, 70, world.draw).history(101)
    scored = backtest(ensemble(history, WORLD_TRACK, last))
    found = replace(scored, origins=scored.apart[4:])
    sheet, said = found.scores()[SHEET], found.scores()[REPORTED]
    assert said.pinball < sheet.pinball
    assert said.crps < sheet.crps
    assert (said.coverage.rate or 0) > (sheet.coverage.rate or 0)


def test_quantiles_read_mid_p_round_to_the_ordinary_ones() -> None:
    law = negative_binomial(3.3, 0.4)
    found = of_masses(dict(enumerate(law)))
    assert [int(value + 0.5) for value in found] == [quantile(law, level) for level in LEVELS]
    assert normal(1, 2)[0] == 0
