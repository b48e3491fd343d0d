"""The simulated part of the demonstration: who enters the funnel when, how far each gets, and when, under the limits.

Each opportunity draws a route and days per column, then reserves its place in every column for every day of its stay,
first and last day included, so that no order of events within a day can exceed a limit. Where a column is full it waits
upstream, as on a real board. One card, once, is let in over the limit and says why: the short breach that charts show.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from kanban.demo.journey import Journey, Visit
from kanban.demo.workdays import DAYS_PER_WEEK

EXPEDITE = "class:expedite"
FIXED = "class:fixed-date"
P, Q, R, O, N = "prospects", "qualifies", "rdv", "offre", "negociation"  # noqa: E741 - the columns' usual initials
W, L, Z = "gagne", "perdu", "nurturing"

ROUTES: tuple[tuple[int, tuple[str, ...]], ...] = (
    (30, (P, Q, R, O, N, W)),
    (3, (P, Q, R, O, R, O, N, W)),
    (3, (P, Q, R, O, N, O, N, W)),
    (2, (P, Q, R, O, N, O, L)),
    (7, (P, Q, R, O, N, L)),
    (12, (P, Q, R, O, L)),
    (6, (P, Q, R, L)),
    (9, (P, Q, L)),
    (5, (P, L)),
    (13, (P, Z)),
    (6, (P, Q, Z)),
    (2, (P, Q, R, Z)),
    (3, (P, Z, P, Q, R, O, N, W)),
    (2, (P, Q, Z, P, Q, R, O, L)),
)
STAYS = {P: (1, 8), Q: (2, 9), R: (3, 9), O: (3, 10), N: (2, 9), Z: (20, 38)}
"""Working days in a column, first and last of a uniform draw."""

_LONG_NEGOTIATION = (11, 19)
_FORGOTTEN_PROSPECT = (22, 26)
_BURST_WEEK = 14
_TRIES = 80


@dataclass(frozen=True, slots=True)
class Lead:
    """One simulated opportunity before its file is written. `index` numbers it in order of arrival."""

    index: int
    visits: tuple[Visit, ...]
    service_class: str
    at_show: bool


class Places:
    """How many cards stand in each column (and class) on each working day."""

    def __init__(self, limits: Mapping[str, int | None]) -> None:
        self.limits = limits
        self.taken: dict[tuple[str, int], int] = {}
        self.overnight: dict[tuple[str, int], int] = {}

    def free(self, column: str, first: int, last: int) -> bool:
        """Whether one more card fits on every day from `first` to `last`."""
        limit = self.limits.get(column)
        return limit is None or all(self.taken.get((column, day), 0) < limit for day in range(first, last + 1))

    def full_nights(self, column: str, first: int, last: int) -> int:
        """At the end of how many days, from `first` to before `last`, the column is exactly full."""
        return sum(self.overnight.get((column, day), 0) == self.limits.get(column) for day in range(first, last))

    def take(self, column: str, first: int, last: int) -> None:
        """Reserve a place on every day from `first` to `last`."""
        for day in range(first, last + 1):
            self.taken[column, day] = self.taken.get((column, day), 0) + 1

    def reserve(self, visits: Sequence[Visit], service_class: str) -> None:
        """Reserve the whole way of a card; an open card keeps its last place."""
        ends = [*(visit.day for visit in visits[1:]), 0]
        for visit, end in zip(visits, ends, strict=True):
            self.take(visit.column, visit.day, end)
            for day in range(visit.day, end):
                self.overnight[visit.column, day] = self.overnight.get((visit.column, day), 0) + 1
            if visit.column not in (W, L, Z):
                self.take(f"class:{service_class}", visit.day, end)


def simulate(
    weeks: int, count: int, scripted: Sequence[Journey], limits: Mapping[str, int | None], seed: int
) -> list[Lead]:
    """`count` opportunities over `weeks` weeks, all decided before the opening day, beside the scripted ones."""
    places = Places(dict(limits) | {EXPEDITE: 1, FIXED: 5})
    for journey in scripted:
        places.reserve(journey.visits, journey.service_class)
    breach = Breach(first=-DAYS_PER_WEEK * (weeks - 15), last=-DAYS_PER_WEEK * 5)
    leads = []
    for index, (day, column, at_show) in enumerate(arrivals(weeks, count, Random(f"{seed}:arrivals"))):  # noqa: S311
        rng = Random(f"{seed}:lead:{index}")  # noqa: S311 - a plan, not a secret
        service_class = _class_of(index, rng)
        visits = _placed(day, column, service_class, places, breach, rng)
        if not places.free(f"class:{service_class}", day, visits[-1].day):
            service_class = "standard"
        places.reserve(visits, service_class)
        leads.append(Lead(index, visits, service_class, at_show))
    return leads


def arrivals(weeks: int, count: int, rng: Random) -> list[tuple[int, str, bool]]:
    """Day, first column and trade-show mark of each opportunity, in order of arrival."""
    start = -DAYS_PER_WEEK * weeks
    stock = [(start, column, False) for column in (P,) * 4 + (Q,) * 5 + (R,) * 4 + (O,) * 3 + (N,) * 2]
    show = start + DAYS_PER_WEEK * (_BURST_WEEK - 1) + 1
    burst = [(show + int(rng.random() * 3), P, True) for _ in range(min(16, count // 7))]
    rest: list[tuple[int, str, bool]] = []
    while len(rest) < count - len(stock) - len(burst):
        day = start + 1 + int(rng.random() * (DAYS_PER_WEEK * weeks - 9))
        calm = -12 * DAYS_PER_WEEK <= day < -9 * DAYS_PER_WEEK
        if rng.random() < (0.35 if calm else 0.5 if day > -6 * DAYS_PER_WEEK else 1):
            rest.append((day, P, False))
    return sorted(stock + burst + rest, key=lambda arrival: arrival[0])


def _class_of(index: int, rng: Random) -> str:
    if index % 23 == 9:
        return "expedite"
    draw = rng.random()
    return "fixed-date" if draw < 0.11 else "partner" if draw < 0.24 else "standard"


class Breach:
    """The one time a card is let into a full negotiation: allowed between two days, used up once."""

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last, self.used = first, last, False

    def fits(self, column: str, day: int, leave: int, places: Places) -> bool:
        """Whether entering now would exceed the limit at the end of two to four days, and no breach has been yet."""
        if self.used or column != N or not self.first <= day <= self.last:
            return False
        return 2 <= places.full_nights(N, day, leave) <= 4


def _placed(
    day: int, column: str, service_class: str, places: Places, breach: Breach, rng: Random
) -> tuple[Visit, ...]:
    """A route that ends before the opening day and finds a place everywhere; simpler routes after many failures."""
    for attempt in range(_TRIES):
        route = _route(column, rng, day, short=attempt > _TRIES // 3)
        visits = _walk(day, route, service_class, places, breach, rng, pace=max(0.4, 1 - attempt / _TRIES))
        if visits:
            breach.used = breach.used or any(visit.forced for visit in visits)
            return visits
    last = min(-1, day + 1 + int(rng.random() * 6))
    return (Visit(column, day), Visit(Z, max(last, day)))


def _route(column: str, rng: Random, day: int, *, short: bool) -> tuple[str, ...]:
    choices = [(weight, route) for weight, route in ROUTES if column in route and (not short or len(route) <= 3)]
    if day > -6 * DAYS_PER_WEEK:
        choices = [(weight, route) for weight, route in choices if len(route) <= 6]
    choices = choices or [(1, (column, L))]
    mark = rng.random() * sum(weight for weight, _ in choices)
    for weight, route in choices:
        mark -= weight
        if mark < 0:
            return route[route.index(column) :]
    return choices[-1][1][choices[-1][1].index(column) :]


def _walk(
    day: int, route: Sequence[str], service_class: str, places: Places, breach: Breach, rng: Random, *, pace: float
) -> tuple[Visit, ...]:
    """Go the route from `day` on, waiting where the next column is full; () when it does not work out."""
    visits = [Visit(route[0], day)]
    leave = day + _stay(route[0], route[1], service_class, rng, pace)
    for at, column in enumerate(route[1:], start=1):
        here = visits[-1]
        onward = _stay(column, route[at + 1], service_class, rng, pace) if at + 1 < len(route) else 0
        forced = False
        while onward and not places.free(column, leave, leave + onward):
            if breach.fits(column, leave, leave + onward, places):
                forced = True
                break
            leave += 1
            if leave >= 0:
                return ()
        if leave >= 0 or not (here.forced or places.free(here.column, here.day, leave)):
            return ()
        visits.append(Visit(column, leave, forced))
        leave += onward
    if service_class in ("expedite", "fixed-date") and not places.free(f"class:{service_class}", day, visits[-1].day):
        return ()
    return tuple(visits)


def _stay(column: str, following: str, service_class: str, rng: Random, pace: float) -> int:
    first, last = STAYS[column]
    if column == N and rng.random() < 0.14:
        first, last = _LONG_NEGOTIATION
    if column == P and following == Z and rng.random() < 0.4:
        first, last = _FORGOTTEN_PROSPECT
    if service_class == "expedite":
        first, last = 1, 2
    return first + int(rng.random() * (last - first + 1) * pace)
