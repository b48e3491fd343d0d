"""Limit in force: the WIP limit a column had on a day, from the versions of `board.yml`.

A change of `board.yml` holds from the day it was made on. Before the first version the first one holds; without any
version the present limits do.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date

from kanban.model.settings.board_yml import BoardConfig
from kanban.values import dataclass

Limits = Mapping[str, int | None]


@dataclass(frozen=True)
class LimitHistory:
    """Limits per column key, each set with the day from which it holds, oldest first."""

    versions: tuple[tuple[date, Limits], ...]

    def on(self, day: date) -> Limits:
        """Column key → its limit in force at the end of `day`; None or absent: no limit."""
        if not self.versions:
            return {}
        at = bisect_right([since for since, _limits in self.versions], day)
        return self.versions[max(0, at - 1)][1]

    def changes(self) -> tuple[tuple[date, str, int | None, int | None], ...]:
        """Every change of a limit: day, column, old and new limit; for the markers on charts."""
        found = []
        for (_old_day, old), (day, new) in zip(self.versions, self.versions[1:], strict=False):
            found += [
                (day, column, old.get(column), new.get(column))
                for column in dict.fromkeys((*old, *new))
                if old.get(column) != new.get(column)
            ]
        return tuple(found)


def limits_of(config: BoardConfig) -> dict[str, int | None]:
    """The limits that one configuration declares, under the columns' keys."""
    return {column.key: column.wip for column in config.columns}


def limit_history(present: BoardConfig, past: Iterable[tuple[date, BoardConfig]]) -> LimitHistory:
    """The limits over time, from past versions in order. A column's limit stands under the key it has today."""
    names = {old: column.key for column in present.columns for old in column.formerly}
    versions: dict[date, Limits] = {}
    for day, config in past:
        limits = limits_of(config)
        versions[day] = {names.get(key, key) if present.column(key) is None else key: limits[key] for key in limits}
    return LimitHistory(tuple(versions.items()) or ((date.min, limits_of(present)),))
