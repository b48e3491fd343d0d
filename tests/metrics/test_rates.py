"""Rates with their intervals: conversion, win rate, incidence among competing ends."""

from __future__ import annotations

import pytest

from kanban.metrics.base.incidence import Watch, incidence
from kanban.metrics.base.intervals import rate_of, wilson
from kanban.metrics.base.window import Window
from kanban.metrics.flow.conversion import decided_rate
from kanban.metrics.tally import tally_of
from tests.metrics.telling import cards_of, day, opened, reported

CONVERSIONS = [
    # lines | column: entered, advanced, exited, open, reached, passed
    ({"a": "p01-06 q01-07 r01-08"}, "q", (1, 1, 0, 0, 1, 1)),
    ({"a": "p01-06 q01-07 l01-08"}, "q", (1, 0, 1, 0, 1, 0)),
    ({"a": "p01-06 q01-07 k01-08"}, "q", (1, 0, 1, 0, 1, 0)),
    ({"a": "p01-06 q01-07 -01-08"}, "q", (1, 0, 1, 0, 1, 0)),
    ({"a": "p01-06 q01-07"}, "q", (1, 0, 0, 1, 1, 0)),
    ({"a": "p01-06 q01-07 w01-08"}, "q", (1, 1, 0, 0, 1, 1)),
    ({"a": "p01-06 r01-07"}, "q", (0, 0, 0, 0, 1, 1)),  # skipped: credited, not counted in the column
    ({"a": "p01-06 w01-07"}, "n", (0, 0, 0, 0, 1, 1)),
    ({"a": "p01-06 l01-07"}, "q", (0, 0, 0, 0, 0, 0)),
    ({"a": "p01-06 r01-07 q01-08"}, "q", (1, 0, 0, 1, 1, 1)),  # went further before, not after, its entry
    ({"a": "p01-06 q01-07 p01-08 q01-09 r01-10"}, "q", (1, 1, 0, 0, 1, 1)),  # counted once
    ({"a": "p01-06 q01-07 l01-08 p01-09"}, "q", (1, 0, 0, 1, 1, 0)),  # lost, and taken up again
    ({"a": "p01-06 q01-07 k01-08 r01-09"}, "q", (1, 1, 0, 0, 1, 1)),
    ({"a": "n01-06 w01-07 n01-08 l01-09"}, "n", (1, 1, 0, 0, 1, 1)),
]


@pytest.mark.parametrize(("lines", "column", "expected"), CONVERSIONS, ids=[str(case[0]["a"]) for case in CONVERSIONS])
def test_conversion(lines: dict[str, str], column: str, expected: tuple[int, ...]) -> None:
    one = next(one for one in reported(lines, "01-31").conversion if one.column == column)
    assert (one.entered, one.advanced, one.exited, one.open, one.reached, one.passed) == expected


def test_the_90_days_count_a_card_for_as_long_as_it_was_watched() -> None:
    lines = {"a": "q01-01 r01-11", "b": "q01-01 l03-02", "c": "q01-01", "d": "q03-20"}
    one = next(one for one in reported(lines, "03-31").conversion if one.column == "q")
    assert one.rate == 0.5
    # a goes on at once: 1/4; d, watched for 11 days, hands its quarter on to b and c; then b leaves
    assert one.within_90_days.rate == pytest.approx(1 / 4)
    late = next(one for one in reported({"a": "q01-01 r04-02", "b": "q01-01"}, "04-30").conversion if one.column == "q")
    assert (late.rate, late.within_90_days.rate) == (1.0, 0.0)  # on the 91st day


def test_the_rate_of_a_period_counts_cards_on_the_day_of_their_decision() -> None:
    ledger = opened({"a": "q01-06 r01-20", "b": "q01-06 l02-10", "c": "q01-06 r02-11", "d": "q02-01"}, "02-28")
    decided = tally_of(ledger).decided["q"]
    assert decided_rate(decided, Window(day("01-31"))).rate == 1.0
    assert decided_rate(decided, Window(day("02-28"), day("02-01"))).rate == 0.5
    assert decided_rate(decided, Window(day("01-05"))).rate is None


def test_the_whole_pipeline_of_the_golden_board() -> None:
    """Won cards after 0.5, 21, 28, 42, 63 and 70 days, one lost after 27, two open: known values at three horizons."""
    won = [Watch(days, "hit") for days in (1, 21, 28, 42, 63, 70)]
    watched = [*won, Watch(27, "other"), Watch(56, "open"), Watch(35, "open")]
    for horizon, share in ((28, 1 / 3), (42, 0.4722), (70, 0.8889)):
        assert incidence(watched, horizon).rate == pytest.approx(share, abs=1e-4)
    lost = [Watch(one.days, {"hit": "other", "other": "hit"}.get(one.end, one.end)) for one in watched]
    assert incidence(lost, 70).rate == pytest.approx(1 / 9)


def test_without_open_cards_the_incidence_is_the_plain_share_with_its_plain_interval() -> None:
    watched = [*(Watch(at, "hit") for at in range(30)), *(Watch(at, "other") for at in range(70))]
    found, plain = incidence(watched, 90), rate_of(30, 100)
    assert found.rate == pytest.approx(plain.rate)
    assert (found.low, found.high) == (pytest.approx(plain.low), pytest.approx(plain.high))


def test_without_other_ends_it_is_the_kaplan_meier_curve() -> None:
    stats = pytest.importorskip("scipy.stats")
    days = [(3, True), (5, True), (5, False), (8, True), (12, False), (13, True), (20, False), (21, True)]
    data = stats.CensoredData(uncensored=[d for d, hit in days if hit], right=[d for d, hit in days if not hit])
    curve = stats.ecdf(data)
    for horizon in range(25):
        expected = float(curve.cdf.evaluate(horizon))
        found = incidence([Watch(d, "hit" if hit else "open") for d, hit in days], horizon)
        assert found.rate == pytest.approx(expected)


INTERVALS = [
    # rate, n | 95 % score interval, from tables
    (0.5, 10, 0.2366, 0.7634),
    (0.0, 10, 0.0, 0.2775),
    (1.0, 10, 0.7225, 1.0),
    (0.1, 100, 0.0552, 0.1744),
    (0.3, 0, 0.0, 1.0),
]


@pytest.mark.parametrize(("rate", "n", "low", "high"), INTERVALS)
def test_intervals(rate: float, n: int, low: float, high: float) -> None:
    assert wilson(rate, n) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


def test_a_share_of_nothing_is_no_share() -> None:
    assert rate_of(0, 0).rate is None
    assert incidence([], 90).rate is None


def test_cards_that_were_only_begun_say_next_to_nothing() -> None:
    found = incidence([Watch(1, "open") for _card in range(100)], 90)
    assert (found.rate, found.low, found.high) == (0.0, 0.0, 1.0)


def test_win_rate_by_count_by_amount_and_in_time() -> None:
    lines = {"a": "p01-06 w01-20", "b": "p01-06 l01-20", "c": "p01-06 l01-21", "d": "p01-06 k01-20", "e": "p01-06"}
    cards = cards_of(a={"amount": "3000"}, b={"amount": "1000"}, c={"amount": "500 USD"}, d={"amount": "9000"}, e={})
    found = reported(lines, "01-31", cards).win_rate
    assert (found.won, found.lost, found.plain.rate) == (1, 2, pytest.approx(1 / 3))
    assert {currency: sides.rate for currency, sides in found.amounts.items()} == {"EUR": 0.75, "USD": 0.0}
    assert found.within_90_days.rate == pytest.approx(1 / 5)
