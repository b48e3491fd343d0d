"""Places: expected wins of the next weeks, each by one simple rule. A rule sees the weeks so far and their Mondays."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kanban.forecast.ensemble.seasons import quarter_position, seasonal_level, year_position

Rule = Callable[[Sequence[int], Sequence[date], int], float | None]
"""Weeks that count, their Mondays, weeks ahead → expected wins; None where the rule does not apply."""


@dataclass(frozen=True, slots=True)
class Place:
    """A rule, and on how many weeks its level rests: the fewer, the less sure it is before it has a record."""

    rule: Rule
    window: float


def _last(count: int) -> Rule:
    def rule(weekly: Sequence[int], _mondays: Sequence[date], ahead: int) -> float | None:
        recent = weekly[-count:]
        return ahead * sum(recent) / len(recent)

    return rule


def _smoothed(share: float) -> Rule:
    """An exponentially weighted mean; young boards weigh their weeks evenly at first."""

    def rule(weekly: Sequence[int], _mondays: Sequence[date], ahead: int) -> float | None:
        weight = total = 0.0
        for wins in weekly[-120:]:
            weight = (1 - share) * weight + 1
            total = (1 - share) * total + wins
        return ahead * total / weight

    return rule


_LEVEL, _TREND, _DAMPED, _TREND_FROM = 0.2, 0.05, 0.95, 13


def _trended(weekly: Sequence[int], _mondays: Sequence[date], ahead: int) -> float | None:
    """Holt's linear trend, damped (Gardner & McKenzie 1985)."""
    if len(weekly) < _TREND_FROM:
        return None
    level, trend = sum(weekly[:6]) / 6, 0.0
    for wins in weekly[6:]:
        before = level
        level = _LEVEL * wins + (1 - _LEVEL) * (level + _DAMPED * trend)
        trend = _TREND * (level - before) + (1 - _TREND) * _DAMPED * trend
    total = step = 0.0
    for week in range(1, ahead + 1):
        step += _DAMPED**week * trend
        total += max(0.0, level + step)
    return total


def _as_before(lag: int) -> Rule:
    """What the same weeks brought one cycle ago."""

    def rule(weekly: Sequence[int], _mondays: Sequence[date], ahead: int) -> float | None:
        begin = len(weekly) - lag
        return float(sum(weekly[begin : begin + ahead])) if begin >= 0 and ahead <= lag else None

    return rule


def _by_quarter(weekly: Sequence[int], mondays: Sequence[date], ahead: int) -> float | None:
    return seasonal_level(weekly, mondays, ahead, quarter_position, 26)


def _by_year(weekly: Sequence[int], mondays: Sequence[date], ahead: int) -> float | None:
    return seasonal_level(weekly, mondays, ahead, year_position, 104)


PLACES: Mapping[str, Place] = {
    "weeks-26": Place(_last(26), 26),
    "weeks-52": Place(_last(52), 26),
    "smooth-fast": Place(_smoothed(0.3), 5.7),
    "smooth": Place(_smoothed(0.1), 19),
    "trend": Place(_trended, 13),
    "quarter-ago": Place(_as_before(13), 4),
    "year-ago": Place(_as_before(52), 4),
    "quarter": Place(_by_quarter, 13),
    "year": Place(_by_year, 13),
}
