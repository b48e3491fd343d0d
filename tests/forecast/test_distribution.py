"""Distributions against SciPy, which computes them another way."""

from __future__ import annotations

from itertools import product

import numpy
import pytest
import scipy

from kanban.forecast.ensemble.counts import LEVELS, Quantiles, convolved, normal, of_masses, over_dispersed
from kanban.forecast.ensemble.masses import poured
from kanban.forecast.models.distribution import at_least, chance_of_at_least, convolve, mean, quantile
from kanban.forecast.models.gamma_poisson import negative_binomial, predictive
from kanban.forecast.models.poisson_binomial import poisson_binomial

GAMMA_POISSON = [
    # weekly wins | weeks ahead
    ([0, 0, 0, 0, 0, 0], 4),
    ([1, 2, 0, 1, 3, 1], 4),
    ([0, 1, 0, 1, 1, 0, 1, 0, 0, 0, 1, 1], 8),
    ([40] * 30, 4),
    ([7], 1),
]


@pytest.mark.parametrize(("weekly", "weeks"), GAMMA_POISSON)
def test_gamma_poisson_is_scipys_negative_binomial(weekly: list[int], weeks: int) -> None:
    pmf = predictive(sum(weekly), len(weekly), weeks)
    law = scipy.stats.nbinom(0.5 + sum(weekly), len(weekly) / (len(weekly) + weeks))
    assert numpy.allclose(pmf, law.pmf(range(len(pmf))), atol=1e-9)
    assert mean(pmf) == pytest.approx(law.mean(), rel=1e-6)
    for level in (0.1, 0.25, 0.5, 0.75, 0.9, 0.99):
        assert quantile(pmf, level) == law.ppf(level)


def test_negative_binomial_of_great_numbers_does_not_underflow() -> None:
    pmf = negative_binomial(9000.5, 26 / 30)
    assert sum(pmf) == pytest.approx(1)
    assert quantile(pmf, 0.5) == scipy.stats.nbinom(9000.5, 26 / 30).median()


def test_nothing_ahead_is_nothing_for_certain() -> None:
    assert predictive(5, 10, 0) == (1.0,)
    assert negative_binomial(3, 1.0) == (1.0,)


POISSON_BINOMIAL = [[], [0.3], [0.0, 1.0, 0.5], [0.1, 0.2, 0.7, 0.9], [0.05] * 60, [0.9, 0.02] * 300]


@pytest.mark.parametrize("chances", POISSON_BINOMIAL, ids=len)
def test_poisson_binomial(chances: list[float]) -> None:
    pmf = poisson_binomial(chances)
    assert mean(pmf) == pytest.approx(sum(chances))
    if chances:
        expected = scipy.stats.poisson_binom.pmf(range(len(pmf)), chances)
        assert numpy.allclose(pmf, expected, atol=1e-9)
    else:
        assert pmf == (1.0,)


def test_quantile_is_the_inverted_distribution_function() -> None:
    sample = [0, 0, 1, 1, 1, 2, 5, 5, 9, 9]
    pmf = tuple(sample.count(value) / len(sample) for value in range(10))
    for percent in (1, 10, 20, 25, 50, 60, 75, 80, 90, 99):
        assert quantile(pmf, percent / 100) == numpy.quantile(sample, percent / 100, method="inverted_cdf")


AT_LEAST = [
    # distribution | level | the largest k with P(count ≥ k) ≥ level
    ((0.0625, 0.25, 0.375, 0.25, 0.0625), 0.50, 2),
    ((0.0625, 0.25, 0.375, 0.25, 0.0625), 0.85, 1),
    ((0.0625, 0.25, 0.375, 0.25, 0.0625), 0.95, 0),
    ((0.126, 0.874), 0.85, 1),
    ((1.0,), 0.50, 0),
    ((0.05, 0.0, 0.95), 0.95, 2),
]


@pytest.mark.parametrize(("pmf", "level", "count"), AT_LEAST)
def test_at_least(pmf: tuple[float, ...], level: float, count: int) -> None:
    assert at_least(pmf, level) == count
    assert chance_of_at_least(pmf, count) >= level - 1e-9


def test_monte_carlo_is_every_draw_counted() -> None:
    weekly = [0, 2, 1]
    sums = [sum(draw) for draw in product(weekly, repeat=4)]
    law = {total: sums.count(total) / len(sums) for total in range(9)}
    assert convolved(weekly, 4) == pytest.approx(of_masses(law))
    many = convolved([90, 100, 110], 52)
    assert many[5] == pytest.approx(5200)
    assert many[8] == pytest.approx(5200 + 1.2816 * (52 * 200 / 3) ** 0.5, rel=1e-4)


QUANTILES = [
    # fractional quantiles of
    of_masses(dict(enumerate(negative_binomial(3.3, 0.4)))),
    of_masses(dict(enumerate(negative_binomial(0.5, 0.9)))),
    over_dispersed(140.3, 3.0),
    normal(20.2, 7.7),
    normal(2.2, 3.1),
    (0.0,) * 11,
]


@pytest.mark.parametrize("found", QUANTILES, ids=str)
def test_poured_masses_have_the_quantiles_they_are_made_from(found: Quantiles) -> None:
    law = poured(found)
    assert sum(law) == pytest.approx(1)
    assert [quantile(law, level) for level in LEVELS] == [int(value + 0.5) for value in found]


def test_adding() -> None:
    assert convolve((0.5, 0.0, 0.5), (0.0, 1.0)) == pytest.approx((0.0, 0.5, 0.0, 0.5))
