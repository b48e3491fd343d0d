"""The sheet's rule by hand: zero weeks in, the week under way out, σ with n − 1, young boards."""

from __future__ import annotations

from datetime import date

import pytest

from kanban.forecast.evidence import evidence_known
from kanban.forecast.models.sheet_rule import coverage, sheet_rule
from tests.forecast.telling import TRACK, told

RULES = [
    # weekly wins, oldest first | X | σ | low | high
    ([0, 1, 0, 1, 1, 0, 1, 0, 0, 0, 1, 1], 0.5, 0.5477225575, 1.4522774425, 2.5477225575),
    ([2, 2, 2, 2, 2, 2], 2.0, 0.0, 8.0, 8.0),
    ([0, 0, 0, 0, 0, 6], 1.0, 2.4494897428, 1.5505102572, 6.4494897428),
    ([9, 0, 0, 0, 0, 0, 1], 1 / 6, 0.4082482905, 0.2584183762, 1.0749149571),
    ([0, 4], 2.0, 2.8284271247, 5.1715728753, 10.8284271247),
    ([0, 0, 0, 0, 0, 1], 1 / 6, 0.4082482905, 0.2584183762, 1.0749149571),
    ([0, 0, 0], 0.0, 0.0, 0.0, 0.0),
    ([3], 3.0, None, None, None),
]


@pytest.mark.parametrize(("weekly", "x", "sigma", "low", "high"), RULES)
def test_rule(weekly: list[int], x: float, sigma: float | None, low: float | None, high: float | None) -> None:
    rule = sheet_rule(weekly)
    assert rule is not None
    assert rule.wins_per_week == pytest.approx(x)
    assert rule.expected == pytest.approx(4 * x)
    assert (rule.sigma, rule.low, rule.high) == (
        pytest.approx(sigma) if sigma is not None else None,
        pytest.approx(low) if low is not None else None,
        pytest.approx(high) if high is not None else None,
    )


def test_the_low_end_is_cut_at_zero() -> None:
    rule = sheet_rule([0, 0, 0, 0, 0, 5], weeks=1)
    assert rule is not None
    assert rule.low == 0.0


def test_no_complete_week_no_rule() -> None:
    assert sheet_rule([]) is None


WINS = {"a": "p01-06 w01-07", "b": "p01-06 w01-21", "c": "p01-06 w01-23", "d": "p01-07 w02-04"}

WEEKS = [
    # as of | wins of the complete weeks: Sunday completes its week, a week without a win counts
    ("2025-01-11", ()),
    ("2025-01-12", (1,)),
    ("2025-01-25", (1, 0)),
    ("2025-01-26", (1, 0, 2)),
    ("2025-02-05", (1, 0, 2, 0)),
    ("2025-02-09", (1, 0, 2, 0, 1)),
]


@pytest.mark.parametrize(("as_of", "weekly"), WEEKS)
def test_which_weeks_count(as_of: str, weekly: tuple[int, ...]) -> None:
    assert evidence_known(told(WINS), TRACK, date.fromisoformat(as_of)).weekly_wins == weekly


def test_coverage_by_hand() -> None:
    """One try: six weeks of 1 give [4, 4]; the next four bring 4 in the first case and 5 in the second."""
    assert (coverage([1] * 10).rate, coverage([1] * 10).n) == (1.0, 1)
    assert (coverage([1] * 9 + [2]).rate, coverage([1] * 9 + [2]).n) == (0.0, 1)
    assert coverage([1] * 9).rate is None
