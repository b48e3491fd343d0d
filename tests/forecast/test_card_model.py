"""The card model: hazards counted by hand, chances against powers of the whole transition matrix."""

from __future__ import annotations

from datetime import date, timedelta

import numpy
import pytest

from kanban.forecast.evidence import evidence_known
from kanban.forecast.models.card_model import CardModel
from kanban.forecast.models.hazards import BACK, BINS, FORWARD, LEAVE, Hazards, bin_of, fit
from kanban.forecast.models.winning import winning
from tests.forecast.telling import TRACK, told

OLDEST = BINS[-1]


def hazards() -> Hazards:
    """Three columns whose chances change with age; moves forward may skip, moves back go one or two columns."""
    rates = {
        FORWARD: tuple(tuple(0.02 * (rank + 1) + 0.01 * at for at in range(6)) for rank in range(3)),
        LEAVE: tuple(tuple(0.03 - 0.004 * at for at in range(6)) for _rank in range(3)),
        BACK: ((0.0,) * 6, (0.01,) * 6, (0.005, 0.01, 0.02, 0.0, 0.0, 0.03)),
    }
    ahead = ({1: 0.8, 2: 0.15, 3: 0.05}, {2: 0.9, 3: 0.1}, {3: 1.0})
    return Hazards(("p", "o", "n"), rates, ahead, ({0: 1.0}, {0: 1.0}, {1: 0.7, 0: 0.3}), {0: 1.0}, 10, 91)


def matrix(found: Hazards) -> numpy.ndarray:
    """One day's transitions between (column, age), won and gone."""
    size = 3 * (OLDEST + 1) + 2
    won, gone = size - 2, size - 1
    step = numpy.zeros((size, size))
    step[won, won] = step[gone, gone] = 1
    for rank in range(3):
        for age in range(OLDEST + 1):
            here, at = rank * (OLDEST + 1) + age, bin_of(age)
            moves = [
                (found.rates[FORWARD][rank][at], found.ahead[rank]),
                (found.rates[BACK][rank][at], found.behind[rank]),
            ]
            for chance, shares in moves:
                for to, share in shares.items():
                    step[here, won if to == 3 else to * (OLDEST + 1)] += chance * share
            step[here, gone] += found.rates[LEAVE][rank][at]
            step[here, rank * (OLDEST + 1) + min(age + 1, OLDEST)] += 1 - step[here].sum()
    return step


def test_chances_are_those_of_the_matrix() -> None:
    found = hazards()
    table, step = winning(found), matrix(found)
    for days in (1, 7, 28):
        power = numpy.linalg.matrix_power(step, days)
        for rank in range(3):
            for age in (0, 2, 3, 4, 13, 14, 29, 45, 60, 61, 200):
                expected = power[rank * (OLDEST + 1) + min(age, OLDEST), -2]
                assert table.chance(rank, age, days) == pytest.approx(expected, abs=1e-12)
    assert table.chance(3, 0, 0) == 1.0


BINNED = [(0, 0), (3, 0), (4, 1), (7, 1), (8, 2), (14, 2), (15, 3), (30, 3), (31, 4), (60, 4), (61, 5), (400, 5)]


@pytest.mark.parametrize(("days", "index"), BINNED)
def test_bins(days: int, index: int) -> None:
    assert bin_of(days) == index


def test_hazards_by_hand() -> None:
    """a: 6 days in p (4 in bin 0, 2 in bin 1), then n for 3 days, then won; b: 10 days in p, still there."""
    history = told({"a": "p01-06 n01-12 w01-15", "b": "p01-06"})
    found = fit(evidence_known(history, TRACK, date(2025, 1, 16)).walks, TRACK, date(2025, 1, 16), 11)
    board = (2 + 1e-3) / (19 + 1)
    column = (1 + 20 * board) / (16 + 20)
    assert found.rates[FORWARD][0][0] == pytest.approx((0 + 20 * column) / (8 + 20))
    assert found.rates[FORWARD][0][1] == pytest.approx((1 + 20 * column) / (6 + 20))
    assert found.rates[FORWARD][0][2] == pytest.approx((0 + 20 * column) / (2 + 20))
    assert found.rates[BACK][0] == (0.0,) * 6
    assert found.ahead[0] == {1: 0.5, 2: 0.5}
    assert found.ahead[2] == {3: 1.0}
    assert (found.entries, found.entered, found.watched) == ({0: 1.0}, 2, 11)


def test_only_the_last_year_counts() -> None:
    early = told({"a": "p01-06 w01-20"})
    late = date(2025, 1, 20) + timedelta(days=364)
    found = fit(evidence_known(early, TRACK, late).walks, TRACK, late, 379)
    assert found.rates[FORWARD][0][2] == pytest.approx(1e-3)
    day_before = late - timedelta(days=1)
    seen = fit(evidence_known(early, TRACK, day_before).walks, TRACK, day_before, 378)
    assert seen.rates[FORWARD][0][2] > 0.01


def test_a_day_with_several_moves_is_one_step() -> None:
    history = told({"a": "p01-06 o01-06 n01-06", "b": "p01-06 w01-06"})
    evidence = evidence_known(history, TRACK, date(2025, 1, 8))
    assert [[(step.column, step.since.day) for step in walk.steps] for walk in evidence.walks] == [
        [("n", 6)],
        [("w", 6)],
    ]
    model = CardModel(evidence, 7)
    assert model.places == {"a": (2, 2)}
    assert model.hazards.entries == {2: 0.5, 3: 0.5}
