"""Figure: a number as every surface shows it: of what, over which days, on how many, how sure, and its light.

Counts per week are Poisson (Byar's approximation of the exact limits), shares have Wilson's interval, medians that of
the order statistics (binomial, exact). The interval of a difference is put together from those of both sides (MOVER,
Zou and Donner; for shares it is Newcombe's). Where an interval cannot be honest there is none.

One rule for *chance*: a figure differs from another only when the 95 % interval of their difference leaves out 0, and
from a plain number only when its own interval leaves that out. One rule for *too thin*: a share of fewer than five
cards, a median of fewer than six, a count over fewer than four weeks is shown and never judged.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from math import sqrt

from kanban.metrics.base.intervals import Z95, Rate
from kanban.metrics.base.percentiles import nearest_rank
from kanban.metrics.base.weeks import WEEK
from kanban.metrics.base.window import Window
from kanban.values import dataclass

PER_WEEK, DAYS, SHARE, CARDS = "per-week", "days", "share", "cards"
FEWEST_DECIDED, FEWEST_WEEKS = 5, 4

BETTER, WORSE, SAME, CHANCE = "better", "worse", "same", "chance"
"""What is told of a difference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """`value` in its `unit` (`per-week`, `days`, `share`, `cards` or a currency); None: nothing to measure.

    It rests on `n` of the `population` (`won`, `decided`, `started`, `open`, `days`, `weeks`), seen from `since` to
    `until`; both None for what is counted as it stands. `low` and `high` are its 95 % interval. `column` is the stage
    it is about, else "". `light` is `none`, `green`, `amber` or `red`; a figure that is `too_thin` has none.
    """

    unit: str
    value: float | None
    n: int
    metric: str = ""
    column: str = ""
    population: str = ""
    since: date | None = None
    until: date | None = None
    low: float | None = None
    high: float | None = None
    light: str = "none"
    too_thin: bool = False

    @property
    def weeks(self) -> int:
        """How many whole weeks the days make, 0 for none or when some are left over."""
        if self.since is None or self.until is None:
            return 0
        days = (self.until - self.since).days + 1
        return 0 if days % WEEK.days else days // WEEK.days

    def named(self, metric: str, population: str, column: str = "", window: Window | None = None) -> "Figure":
        """The same figure, said of what and over which days."""
        since, until = (None, None) if window is None else (window.since, window.until)
        return replace(self, metric=metric, population=population, column=column, since=since, until=until)


@dataclass(frozen=True, slots=True)
class Shift:
    """After minus before, with its 95 % interval where both sides have one."""

    value: float | None
    low: float | None
    high: float | None

    @property
    def by_chance(self) -> bool:
        """Whether there may be no difference at all: the interval holds 0, or cannot be told."""
        return self.low is None or self.high is None or self.low <= 0 <= self.high


def plain_figure(value: float | None, unit: str, n: int = 0) -> Figure:
    """A number that is not measured on a sample: declared, or counted as it stands. It is exact."""
    return Figure(unit=unit, value=value, n=n, low=value, high=value)


def per_week(count: int, days: int) -> Figure:
    """Events per week, from a count over so many days."""
    if days <= 0:
        return Figure(unit=PER_WEEK, value=None, n=0, too_thin=True)
    weeks = days / WEEK.days
    more = count + 1
    low = count * (1 - 1 / (9 * count) - Z95 / (3 * sqrt(count))) ** 3 if count else 0.0
    high = more * (1 - 1 / (9 * more) + Z95 / (3 * sqrt(more))) ** 3
    thin = days < FEWEST_WEEKS * WEEK.days
    return Figure(unit=PER_WEEK, value=count / weeks, n=count, low=low / weeks, high=high / weeks, too_thin=thin)


def share(rate: Rate) -> Figure:
    """A rate that was measured."""
    thin = rate.n < FEWEST_DECIDED
    return Figure(unit=SHARE, value=rate.rate, n=rate.n, low=rate.low, high=rate.high, too_thin=thin)


def median(values: Iterable[int]) -> Figure:
    """The median by nearest rank; its interval from six values on (fewer cannot reach 95 %)."""
    ordered = sorted(values)
    count = len(ordered)
    middle = nearest_rank(ordered, 50)
    reach = _reach(count)
    if middle is None or reach is None:
        return Figure(unit=DAYS, value=middle, n=count, too_thin=True)
    return Figure(unit=DAYS, value=middle, n=count, low=ordered[reach], high=ordered[count - 1 - reach])


def _reach(count: int) -> int | None:
    """The largest k for which the k-th value from either end still bounds the median with 95 % confidence."""
    ways, tail, most, found = 1, 1, 2**count // 40, None
    for at in range(count // 2):
        if tail > most:
            break
        found = at
        ways = ways * (count - at) // (at + 1)
        tail += ways
    return found


def mean_level(values: Iterable[int]) -> Figure:
    """The mean of daily levels; no interval, as one day is nearly the next."""
    levels = list(values)
    return Figure(unit=CARDS, value=sum(levels) / len(levels) if levels else None, n=len(levels))


def shift(before: Figure, after: Figure) -> Shift:
    """After minus before."""
    if before.value is None or after.value is None:
        return Shift(None, None, None)
    difference = after.value - before.value
    if before.low is None or before.high is None or after.low is None or after.high is None:
        return Shift(difference, None, None)
    low = difference - sqrt((after.value - after.low) ** 2 + (before.high - before.value) ** 2)
    high = difference + sqrt((after.high - after.value) ** 2 + (before.value - before.low) ** 2)
    return Shift(difference, low, high)


def by_chance(before: Figure, after: Figure) -> bool:
    """Whether the difference may be chance, as there are too few to judge, or its interval holds 0."""
    return before.too_thin or after.too_thin or shift(before, after).by_chance
