"""Ten simulated sales boards whose laws are known, as histories of events: what forecasts are measured on.

Each world is a team with columns prospects → qualified → meeting → offer → negotiation, two and a half years long,
drawn from a seed. In the first four every card lives its own life, at steady chances. The others break what a card
model takes for granted: only so many cards can be closed a week; arrivals come in waves, or grow eightfold; deals wait
for the end of their quarter; nothing can be won in the first months; ends are written down every second Friday.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from kanban.metrics.base.track import Track
from kanban.model.history.events import Event, History, Kind

COLUMNS = ("prospects", "qualified", "meeting", "offer", "negotiation")
KINDS = dict.fromkeys(COLUMNS, "open") | {"won": "won", "lost": "lost"}
TRACK = Track(KINDS, "prospects")
START = date(2015, 1, 5)

ADVANCE = (0.45, 0.60, 0.65, 0.55, 0.50)
"""The share of cards that go on from each column in the end."""
PACE = (6.0, 8.0, 10.0, 12.0, 14.0)
"""Mean days in each column of the cards that go on; those that are lost take 2.5 times as long."""
SLOWER_LOSS = 2.5


@dataclass(frozen=True, slots=True)
class Step:
    """A card comes to a column on a day."""

    card: str
    column: str
    day: date


Steps = Iterator[Step]


@dataclass(frozen=True)
class World:
    """A name, its length in weeks, and how to draw its steps."""

    name: str
    weeks: int
    draw: Callable[[Random, int], Steps]

    def history(self, seed: int) -> tuple[History, date]:
        """The history drawn from a seed, and its last day (a Sunday)."""
        last = START + timedelta(days=7 * self.weeks - 1)
        steps = sorted(self.draw(Random(f"{self.name}/{seed}"), 7 * self.weeks), key=lambda step: (step.day, step.card))
        place: dict[str, str] = {}
        events = []
        for order, step in enumerate(step for step in steps if step.day <= last):
            before = place.get(step.card)
            place[step.card] = step.column
            kind: Kind = "moved" if before else "created"
            events.append(_event(step, kind, before, order))
        return History(tuple(events)), last


def _event(step: Step, kind: Kind, before: str | None, order: int) -> Event:
    at = datetime(step.day.year, step.day.month, step.day.day, 10, tzinfo=UTC)
    path = f"{step.column}/{step.card}.md"
    return Event(step.card, kind, before, step.column, at, at, "zoe", "0", path, "b", order=order)


def _poisson(random: Random, mean: float) -> int:
    from math import exp

    limit, product, count = exp(-mean), random.random(), 0
    while product > limit:
        product *= random.random()
        count += 1
    return count


def _life(random: Random, card: str, born: int, late: float = 0.0) -> Steps:
    """One card's life; with probability `late` a loss is recorded two to eight months later, on that day."""
    day = born
    for rank, column in enumerate(COLUMNS):
        yield _step(card, column, day)
        goes_on = random.random() < ADVANCE[rank]
        mean = PACE[rank] * (1.0 if goes_on else SLOWER_LOSS)
        day += max(1, round(random.gammavariate(1.5, mean / 1.5)))
        if not goes_on:
            written = day + (random.randint(60, 240) if random.random() < late else 0)
            yield _step(card, "lost", written)
            return
    yield _step(card, "won", day)


def _step(card: str, column: str, day: int) -> Step:
    return Step(card, column, START + timedelta(days=day))


def _lives(rate: Callable[[int], float], late: float = 0.0) -> Callable[[Random, int], Steps]:
    """Cards that arrive at a rate per day that depends on the day, each with its own life."""

    def draw(random: Random, days: int) -> Steps:
        number = 0
        for day in range(days):
            for _card in range(_poisson(random, rate(day))):
                number += 1
                yield from _life(random, f"c{number}", day, late)

    return draw


_WON_SHARE = 0.45 * 0.60 * 0.65 * 0.55 * 0.50


def _steady(wins_per_week: float) -> Callable[[int], float]:
    rate = wins_per_week / 7 / _WON_SHARE
    return lambda _day: rate


def _trade_shows(day: int) -> float:
    """Half the leads of a year come in two weeks of trade shows, spring and autumn."""
    base = 1.2 / 7 / _WON_SHARE
    return base * (13.5 if day % 364 in (*range(77, 84), *range(266, 273)) else 0.5)


def _capacity(random: Random, days: int) -> Steps:
    """Offers wait in negotiation for a team that can close about 1.2 a week; half of those it takes up are won."""
    waiting: list[tuple[int, str]] = []
    number = 0
    for day in range(days):
        for _card in range(_poisson(random, 2.5 / 7 / (_WON_SHARE / ADVANCE[-1]))):
            number += 1
            steps, ready_on = _to_negotiation(random, f"c{number}", day)
            yield from steps
            waiting += ready_on
        ready = sorted(card for card in waiting if card[0] <= day)
        if day % 7 < 5:
            for _close in range(min(len(ready), _poisson(random, 2.4 / 5))):
                taken = ready.pop(0)
                waiting.remove(taken)
                yield _step(taken[1], "won" if random.random() < ADVANCE[-1] else "lost", day)


def _to_negotiation(random: Random, card: str, born: int) -> tuple[list[Step], list[tuple[int, str]]]:
    """A card's life up to negotiation; and the day on which it may be taken up, unless it was lost before."""
    day = born
    steps = []
    for rank, column in enumerate(COLUMNS[:-1]):
        steps.append(_step(card, column, day))
        goes_on = random.random() < ADVANCE[rank]
        day += max(1, round(random.gammavariate(1.5, PACE[rank] * (1.0 if goes_on else SLOWER_LOSS) / 1.5)))
        if not goes_on:
            return [*steps, _step(card, "lost", day)], []
    return [*steps, _step(card, COLUMNS[-1], day)], [(day + 3, card)]


def _waves(random: Random, days: int) -> Steps:
    """The rate of arrivals is drawn anew each week, most weeks next to nothing, some many times the mean."""
    number, rate = 0, 0.0
    for day in range(days):
        if day % 7 == 0:
            rate = random.gammavariate(0.35, 2.0 / 7 / _WON_SHARE / 0.35)
        for _card in range(_poisson(random, rate)):
            number += 1
            yield from _life(random, f"c{number}", day)


def _growth(days: int) -> Callable[[int], float]:
    return lambda day: 0.6 / 7 / _WON_SHARE * 8 ** (day / days)


Moved = Callable[[Random, int, str], int]
"""The day on which a life ended and the exit it came to → the day on which the card is moved there."""


def _ends_moved(rule: Moved) -> Callable[[Random, int], Steps]:
    """Cards that arrive steadily, whose last step a rule moves to another day."""

    def draw(random: Random, days: int) -> Steps:
        number = 0
        for day in range(days):
            for _card in range(_poisson(random, 2.0 / 7 / _WON_SHARE)):
                number += 1
                *before, last = _life(random, f"c{number}", day)
                yield from before
                yield _step(last.card, last.column, rule(random, (last.day - START).days, last.column))

    return draw


def _quarter_end(random: Random, day: int, column: str) -> int:
    """Two wins in three wait for the last two weeks of their quarter."""
    on = START + timedelta(days=day)
    month = (on.month - 1) // 3 * 3 + 4
    left = (date(on.year + month // 13, (month - 1) % 12 + 1, 1) - on).days
    return day + left - 1 - random.randrange(14) if column == "won" and left > 14 and random.random() < 0.66 else day


def _second_friday(_random: Random, day: int, _column: str) -> int:
    return day + (4 - day) % 14


def _not_before_june(random: Random, day: int, _column: str) -> int:
    """What would have ended in the first 22 weeks does so in the eight weeks after."""
    return day if day >= 154 else 154 + random.randrange(56)


WORLDS = (
    World("steady", 130, _lives(_steady(1.2))),
    World("trade-show bursts", 130, _lives(_trade_shows)),
    World("small team", 130, _lives(_steady(0.3))),
    World("late-recorded losses", 130, _lives(_steady(1.2), late=0.4)),
    World("capacity-limited closing", 130, _capacity),
    World("over-dispersed arrivals", 130, _waves),
    World("quarter-end pushes", 130, _ends_moved(_quarter_end)),
    World("growth", 130, _lives(_growth(7 * 130))),
    World("winless start", 130, _ends_moved(_not_before_june)),
    World("Friday batches", 130, _ends_moved(_second_friday)),
)
