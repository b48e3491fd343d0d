"""Sample: an indicator over some days, with how many events it rests on and its 95 % interval; and their difference.

Counts per week are Poisson (Byar's approximation of the exact limits), shares have Wilson's interval, medians that of
the order statistics (binomial, exact). The interval of a difference is put together from those of both sides (MOVER,
Zou and Donner; for shares it is Newcombe's). Where an interval cannot be honest there is none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from kanban.metrics.base.intervals import Z95, Rate
from kanban.metrics.base.percentiles import nearest_rank


@dataclass(frozen=True, slots=True)
class Sample:
    """The indicator's value on `n` events (or days), None when there is nothing to measure."""

    value: float | None
    n: int
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """After minus before, with its 95 % interval where both sides have one."""

    value: float | None
    low: float | None
    high: float | None


def per_week(count: int, days: int) -> Sample:
    """Events per week, from a count over so many days."""
    if days <= 0:
        return Sample(None, 0)
    weeks = days / 7
    more = count + 1
    low = count * (1 - 1 / (9 * count) - Z95 / (3 * sqrt(count))) ** 3 if count else 0.0
    high = more * (1 - 1 / (9 * more) + Z95 / (3 * sqrt(more))) ** 3
    return Sample(count / weeks, count, low / weeks, high / weeks)


def share(rate: Rate) -> Sample:
    """A rate that was measured."""
    return Sample(rate.rate, rate.n, rate.low, rate.high)


def median(values: Iterable[int]) -> Sample:
    """The median by nearest rank; its interval from six values on (fewer cannot reach 95 %)."""
    ordered = sorted(values)
    count = len(ordered)
    middle = nearest_rank(ordered, 50)
    reach = _reach(count)
    if middle is None or reach is None:
        return Sample(middle, count)
    return Sample(middle, count, ordered[reach], ordered[count - 1 - reach])


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


def mean_level(values: Iterable[int]) -> Sample:
    """The mean of daily levels; no interval, as one day is nearly the next."""
    levels = list(values)
    return Sample(sum(levels) / len(levels) if levels else None, len(levels))


def shift(before: Sample, after: Sample) -> Shift:
    """After minus before."""
    if before.value is None or after.value is None:
        return Shift(None, None, None)
    difference = after.value - before.value
    if before.low is None or before.high is None or after.low is None or after.high is None:
        return Shift(difference, None, None)
    low = difference - sqrt((after.value - after.low) ** 2 + (before.high - before.value) ** 2)
    high = difference + sqrt((after.high - after.value) ** 2 + (before.value - before.low) ** 2)
    return Shift(difference, low, high)
