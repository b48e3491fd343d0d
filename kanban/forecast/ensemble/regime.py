"""Regime: whether the past of this board is still a guide, said in notes; the forecast itself follows its record.

* `no-win-yet`, `start-up`: no week counts yet, or those before the first win do not.
* `doubled` / `halved`: the mean of the last six weeks is 1.5 times (two thirds of) that of the 20 before and more than
  2.58 standard errors away, the dispersion of single weeks taken into account.
* `holiday-weeks`: a week ahead brought, in the years before, less than half of the weeks around it.
* `missed`: the last three outcomes apart were all outside the reported interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from math import sqrt

from kanban.forecast.ensemble.known import Known
from kanban.forecast.ensemble.record import RECENT_MISSES
from kanban.forecast.ensemble.seasons import year_position
from kanban.forecast.ensemble.spread import weekly_dispersion
from kanban.forecast.ensemble.startup import start_of

_RECENT, _BEFORE, _RATIO, _SURE = 6, 20, 1.5, 2.58
_WEEK, _YEAR, _AROUND = timedelta(days=7), 52, 4


NO_WIN_YET, START_UP, HOLIDAYS, MISSED = "no-win-yet", "start-up", "holiday-weeks", "missed"
DOUBLED, HALVED = "doubled", "halved"
NOTES = (NO_WIN_YET, START_UP, DOUBLED, HALVED, HOLIDAYS, MISSED)


def notes(known: Known, ahead: int, missed_in_a_row: int = 0) -> tuple[str, ...]:
    """The notes that hold on the day of what is known, for the weeks ahead."""
    weekly = known.weekly
    if not known.won:
        return (NO_WIN_YET,)
    begin = start_of(weekly)
    found = [START_UP] if begin and len(weekly) - begin < _YEAR // 2 else []
    found += _moved(weekly[begin:])
    found += [HOLIDAYS] if _holidays(weekly, known.mondays, ahead) else []
    found += [MISSED] if missed_in_a_row >= RECENT_MISSES else []
    return tuple(found)


def _moved(weekly: Sequence[int]) -> list[str]:
    recent, before = weekly[-_RECENT:], weekly[-_RECENT - _BEFORE : -_RECENT]
    if len(before) < _BEFORE // 2:
        return []
    now, then = sum(recent) / len(recent), sum(before) / len(before)
    level = (sum(recent) + sum(before) + 0.5) / (len(recent) + len(before))
    error = sqrt(weekly_dispersion(weekly[:-_RECENT]) * level * (1 / len(recent) + 1 / len(before)))
    if abs(now - then) < _SURE * error:
        return []
    return [DOUBLED] if now >= _RATIO * then else [HALVED] if now <= then / _RATIO else []


def _holidays(weekly: Sequence[int], mondays: Sequence[date], ahead: int) -> bool:
    places = {year_position(mondays[-1] + _WEEK * week) for week in range(1, ahead + 1)}
    return any(_quiet(weekly, mondays, place) for place in sorted(places))


def _quiet(weekly: Sequence[int], mondays: Sequence[date], place: int) -> bool:
    """Whether the week of the year was quiet, by more than chance, each time it came."""
    seen = got = around = 0.0
    for at in range(_AROUND, len(weekly) - _AROUND):
        if year_position(mondays[at]) == place:
            beside = [*weekly[at - _AROUND : at], *weekly[at + 1 : at + 1 + _AROUND]]
            mean = sum(beside) / len(beside)
            seen, got, around = seen + 1, got + weekly[at], around + mean
    error = sqrt(weekly_dispersion(weekly) * around) if around else 0.0
    return bool(seen) and got < around / 2 and around - got > 2 * error
