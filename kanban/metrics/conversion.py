"""Conversion of a column: of the cards that ever entered it, how many went on to a later open column or were won.

Each card counts once, from its first entry. It *advanced* when, after that entry, it stood in a later open column or
was won; else it *exited* when it stands in an exit or was deleted; else it is *open*. The plain `rate` is advanced /
(advanced + exited). It flatters while losses are slow, so beside it stands the share that advances within 90 days of
entry, open cards taken into account (`incidence_90d`), with its 95 % interval. Rates of stages are never multiplied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kanban.metrics.incidence import HIT, OPEN, OTHER, Watch, incidence
from kanban.metrics.intervals import Rate, rate_of
from kanban.metrics.journeys import WON, Journey
from kanban.metrics.stays import Stay
from kanban.metrics.track import Track
from kanban.metrics.window import Window

HORIZON = 90


@dataclass(frozen=True, slots=True)
class Conversion:
    """What became of the cards that entered one column.

    `reached` and `passed` count skipping cards too: those that came to the column or further right, and of them those
    that went beyond. `skipped` is how many of `reached` never stood in the column itself.
    """

    column: str
    entered: int
    advanced: int
    exited: int
    open: int
    plain: Rate
    within_90_days: Rate
    reached: int
    passed: int

    @property
    def rate(self) -> float | None:
        """advanced / (advanced + exited); None while neither happened."""
        return self.plain.rate

    @property
    def skipped(self) -> int:
        """Cards credited with the column without having stood in it."""
        return self.reached - self.entered


@dataclass(frozen=True, slots=True)
class _Fate:
    """What became of one card after its first entry, and after how many days."""

    end: str
    days: int


def conversion(found: Iterable[Journey], track: Track, window: Window, as_of: date) -> tuple[Conversion, ...]:
    """Per open column, in pull order: the cards whose first entry lies in the window."""
    cards = list(found)
    return tuple(_of_column(column, cards, track, window, as_of) for column in track.open_columns)


def _of_column(column: str, cards: list[Journey], track: Track, window: Window, as_of: date) -> Conversion:
    fates = []
    reached = passed = 0
    for journey in cards:
        entry = _first(journey, lambda stay: stay.column == column)
        if entry is not None and journey.stays[entry].since in window:
            fates.append(_fate(journey, entry, track, as_of))
        arrival = _first(journey, lambda stay: _goes_on(stay, column, track) or stay.column == column)
        if arrival is not None and journey.stays[arrival].since in window:
            reached += 1
            passed += any(_goes_on(stay, column, track) for stay in journey.stays[arrival:])
    advanced, exited, still = (sum(fate.end == end for fate in fates) for end in (HIT, OTHER, OPEN))
    return Conversion(
        column=column,
        entered=len(fates),
        advanced=advanced,
        exited=exited,
        open=still,
        plain=rate_of(advanced, advanced + exited),
        within_90_days=incidence((Watch(fate.days, fate.end) for fate in fates), HORIZON),
        reached=reached,
        passed=passed,
    )


def decided_rate(found: Iterable[Journey], track: Track, column: str, window: Window) -> Rate:
    """The plain rate of the cards that went on from the column, or left the board from it, on a day of the window.

    For comparing one period with another: each card counts in the period of its decision, however old its entry.
    """
    advanced = exited = 0
    for journey in found:
        entry = _first(journey, lambda stay: stay.column == column)
        if entry is None:
            continue
        fate = _fate(journey, entry, track, window.until)
        if fate.end != OPEN and journey.stays[entry].since + timedelta(days=fate.days) in window:
            advanced += fate.end == HIT
            exited += fate.end == OTHER
    return rate_of(advanced, advanced + exited)


def _fate(journey: Journey, entry: int, track: Track, as_of: date) -> _Fate:
    """What became of the card after its first entry into a column, the visit at index `entry`."""
    first = journey.stays[entry]
    for stay in journey.stays[entry + 1 :]:
        if _goes_on(stay, first.column, track):
            return _Fate(HIT, (stay.since - first.since).days)
    if journey.ended is not None:
        return _Fate(OTHER, (journey.ended - first.since).days)
    return _Fate(OPEN, (as_of - first.since).days)


def _goes_on(stay: Stay, column: str, track: Track) -> bool:
    """Whether the stay is one in a later open column, or in a won exit."""
    if track.is_open(stay.column):
        return track.ranks[stay.column] > track.ranks[column]
    return track.kinds.get(stay.column) == WON


def _first(journey: Journey, wanted: Callable[[Stay], bool]) -> int | None:
    return next((at for at, stay in enumerate(journey.stays) if wanted(stay)), None)
