"""WIP: the open cards at or after the commitment column, per column, against the limit in force that day.

The light of a column is `none` without a limit, `green` below it, `amber` at it (nothing may be pulled), `red` above.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from kanban.metrics.base.limits import LimitHistory
from kanban.metrics.base.track import Track
from kanban.metrics.cards.deals import Deal
from kanban.metrics.flow.stock import Stock
from kanban.model.settings.board_yml import BoardConfig
from kanban.schemas.fields import Count
from kanban.values import dataclass


@dataclass(frozen=True, slots=True)
class Level:
    """Cards against a limit (None: no limit)."""

    count: int
    limit: int | None

    @property
    def light(self) -> str:
        """`none`, `green`, `amber` or `red`."""
        if self.limit is None:
            return "none"
        return "red" if self.count > self.limit else "amber" if self.count == self.limit else "green"


@dataclass(frozen=True, slots=True)
class Breaches:
    """How many days of the window a column ended above the limit then in force, and the worst excess."""

    days: Count
    worst: Count


@dataclass(frozen=True)
class Wip:
    """The level of every open column and class of service as of the day, and how often limits were exceeded."""

    total: int
    columns: Mapping[str, Level]
    classes: Mapping[str, Level]
    breaches: Mapping[str, Breaches]

    def without_limits(self) -> Wip:
        """The same counts, for some cards only: no limit is theirs to keep or break."""
        columns = {key: Level(level.count, None) for key, level in self.columns.items()}
        classes = {key: Level(level.count, None) for key, level in self.classes.items()}
        return Wip(self.total, columns, classes, {})


def wip(
    deals: Iterable[Deal],
    config: BoardConfig,
    stock: Stock,
    track: Track,
    limits: LimitHistory,
    as_of: date,
    since: date | None,
) -> Wip:
    """WIP at the end of `as_of`; breaches are counted from `since` (None: the first day) to `as_of`."""
    counts = stock.on(as_of)
    in_force = limits.on(as_of)
    columns = {key: Level(counts.get(key, 0), in_force.get(key)) for key in track.open_columns}
    alike = Counter(deal.service_class for deal in deals if deal.is_open)
    classes = {one.key: Level(alike[one.key], one.wip) for one in config.classes if one.wip is not None}
    breaches = {key: _breaches(stock, key, limits, since) for key in track.open_columns}
    total = sum(counts.get(key, 0) for key in track.counted)
    return Wip(total, columns, classes, {key: found for key, found in breaches.items() if found.days})


def _breaches(stock: Stock, column: str, limits: LimitHistory, since: date | None) -> Breaches:
    counts = stock.counts.get(column, ())
    if not any(version.get(column) is not None for _day, version in limits.versions):
        return Breaches(0, 0)
    excess = []
    for at, count in enumerate(counts):
        day = stock.day(at)
        if since is not None and day < since:
            continue
        limit = limits.on(day).get(column)
        if limit is not None and count > limit:
            excess.append(count - limit)
    return Breaches(len(excess), max(excess, default=0))
