"""Seasons: what a week's place in the quarter or the year is worth, as a factor on the level.

A week belongs to the quarter and year of its Thursday (ISO). The factor of a place is the mean of the wins there over
the mean level around them, drawn to 1 as far as the places differ by no more than chance (James & Stein 1961; Efron &
Morris 1973): where there is no season, there is none in the forecast.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import accumulate

Position = Callable[[date], int]
_WEEK = timedelta(days=7)
_AROUND = 13
_KEPT = 260
_SHARE = 0.15


@cache
def quarter_position(monday: date) -> int:
    """Weeks to the end of the quarter, 0 for its last: pushes look at the end, not at the beginning."""
    thursday = monday + timedelta(days=3)
    month = (thursday.month - 1) // 3 * 3 + 4
    end = date(thursday.year + month // 13, (month - 1) % 12 + 1, 1)
    return min((end - thursday).days - 1, 90) // 7


@cache
def year_position(monday: date) -> int:
    """The ISO week, 53 counted as 52."""
    return min(monday.isocalendar()[1], 52)


def factors(weekly: Sequence[int], mondays: Sequence[date], position: Position) -> dict[int, float]:
    """Place → factor on the level of the quarter around, from the last five years or what there is of them."""
    weekly, mondays = weekly[-_KEPT:], mondays[-_KEPT:]
    ratios: dict[int, list[tuple[int, float]]] = {}
    sums, size = [0, *accumulate(weekly)], len(weekly)
    for at, (wins, monday) in enumerate(zip(weekly, mondays, strict=True)):
        low = max(0, min(at - _AROUND // 2, size - _AROUND))
        high = min(size, low + _AROUND)
        level = (sums[high] - sums[low]) / (high - low)
        if level > 0:
            ratios.setdefault(position(monday), []).append((wins, level))
    raw = {key: sum(wins for wins, _ in found) / sum(level for _, level in found) for key, found in ratios.items()}
    return _drawn(raw, ratios)


def _drawn(raw: dict[int, float], ratios: dict[int, list[tuple[int, float]]]) -> dict[int, float]:
    within = degrees = 0.0
    for key, found in ratios.items():
        within += sum((wins / level - raw[key]) ** 2 for wins, level in found)
        degrees += len(found) - 1
    if degrees < 1 or len(raw) < 3:
        return {}
    noise = within / degrees
    mean = sum(raw.values()) / len(raw)
    spread = sum((value - mean) ** 2 for value in raw.values()) / (len(raw) - 1)
    typical = sum(noise / len(found) for found in ratios.values()) / len(ratios)
    between = max(0.0, spread - typical)
    return (
        {
            key: 1 + (value / mean - 1) * (between / (between + noise / len(ratios[key])) if between > 0 else 0.0)
            for key, value in raw.items()
        }
        if mean > 0
        else {}
    )


def seasonal_level(
    weekly: Sequence[int], mondays: Sequence[date], ahead: int, position: Position, fewest: int
) -> float | None:
    """The deseasonalised, exponentially weighted level times the factors of the weeks ahead."""
    if len(weekly) < fewest:
        return None
    found = factors(weekly, mondays, position)
    if not found:
        return None
    weight = total = 0.0
    for wins, monday in zip(weekly[-60:], mondays[-60:], strict=True):
        factor = max(0.1, found.get(position(monday), 1.0))
        weight = (1 - _SHARE) * weight + factor
        total = (1 - _SHARE) * total + wins
    level = total / weight if weight else 0.0
    after = [mondays[-1] + _WEEK * week for week in range(1, ahead + 1)]
    return sum(level * max(0.0, found.get(position(monday), 1.0)) for monday in after)
