"""Cumulative flow: for each column and day, the cards that by then had reached it or any later one, once and for all.

A column is reached when a card first stands in it or further right; skipped columns count as reached, and leaving the
board by whatever exit reaches them all. What a line shows for a day never changes later, no line falls, and no two
cross. The bottom lines are departures, split by the exit the card took first. Cards that go back or are reopened stay
where they had got to on this chart: the stock is exact there, and `back_moves` and `reopened` say how many they are.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import accumulate, pairwise, zip_longest

from kanban.metrics.base.journeys import DELETED, EXITS, Journey
from kanban.metrics.base.track import Track
from kanban.values import dataclass


@dataclass(frozen=True)
class CumulativeFlow:
    """Lines from `first` to the as-of day: one per open column in pull order, then the departures by first exit."""

    first: date
    days: int
    reached: Mapping[str, tuple[int, ...]]
    departed: Mapping[str, tuple[int, ...]]
    back_moves: int
    reopened: int


def cumulative_flow(found: Iterable[Journey], track: Track, first: date | None, as_of: date) -> CumulativeFlow:
    """The lines of the given journeys, from the board's first event to `as_of`."""
    days = (as_of - first).days + 1 if first is not None and first <= as_of else 0
    begin = first or as_of
    columns = [column for column in track.open_columns if column in track.counted]
    reached = {column: [0] * days for column in columns}
    departed = {kind: [0] * days for kind in EXITS}
    back = reopened = 0
    for journey in found:
        left = _first_departure(journey, track)
        if left is not None:
            departed[left[0]][(left[1] - begin).days] += 1
        for column, day in _first_reaches(journey, track, columns, left[1] if left else None).items():
            reached[column][(day - begin).days] += 1
        ranks = [track.ranks[stay.column] for stay in journey.stays]
        exit_rank = len(track.open_columns)
        back += sum(after < before < exit_rank for before, after in pairwise(ranks))
        reopened += sum(after < before == exit_rank for before, after in pairwise(ranks))
    return CumulativeFlow(begin, days, _summed(reached), _summed(departed), back, reopened)


def _first_departure(journey: Journey, track: Track) -> tuple[str, date] | None:
    """How and when the card first left the board: into an exit, or by a deletion that outlasted the day."""
    if journey.start is None:
        return None
    begun = [stay for stay in journey.stays if stay.entered >= journey.start]
    for stay, after in zip_longest(begun, begun[1:]):
        if not track.is_open(stay.column):
            return track.kinds[stay.column], stay.since
        if stay.until is not None and (after is None or after.since > stay.until):
            return DELETED, stay.until
    return None


def _first_reaches(journey: Journey, track: Track, columns: Iterable[str], left: date | None) -> dict[str, date]:
    """Column → the day on which the card first stood there or further right, or left the board; columns by rank."""
    days: dict[str, date] = {}
    waiting = iter(columns)
    column = next(waiting, None)
    for stay in journey.stays:
        rank = track.ranks[stay.column]
        while column is not None and track.ranks[column] <= rank:
            days[column] = stay.since if left is None else min(stay.since, left)
            column = next(waiting, None)
    while column is not None and left is not None:
        days[column] = left
        column = next(waiting, None)
    return days


def _summed(steps: Mapping[str, list[int]]) -> dict[str, tuple[int, ...]]:
    return {key: tuple(accumulate(step)) for key, step in steps.items()}
