"""Ageing: the open cards with their three clocks and the light of their column, the oldest first.

The light looks at the days in the column, in calendar days, as the column's policy says: green up to its first limit,
amber up to its second, red above; `none` where the column declares none. Escalation to the manager is a flag of its
own, not a colour.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from kanban.metrics.base.clocks import clocks_since
from kanban.metrics.base.day_count import CALENDAR_DAYS, DayCount
from kanban.metrics.cards.deals import Deal, Standing
from kanban.metrics.clock_days import Clocks
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.settings.columns import Column
from kanban.pull.cadence import age_light
from kanban.pull.milestones import days_over_escalation
from kanban.values import dataclass


@dataclass(frozen=True, slots=True)
class Ageing:
    """One open card. `created` is the day of its first event, `light` is `none`, `green`, `amber` or `red`."""

    card: str
    column: str
    created: date
    clocks: Clocks
    light: str
    escalate: bool


def ageing(
    deals: Iterable[Deal], config: BoardConfig, as_of: date, *, count: DayCount = CALENDAR_DAYS
) -> tuple[Ageing, ...]:
    """The open cards among the deals; cards whose clock has not started come last."""
    columns = {column.key: column for column in config.columns}
    found = [_of(one, one.now, columns[one.column], as_of, count) for one in deals if one.now is not None]
    return tuple(sorted(found, key=lambda one: (-(one.clocks.age_days or 0), one.created, one.card)))


def _of(deal: Deal, now: Standing, column: Column, as_of: date, count: DayCount) -> Ageing:
    days = (as_of - now.since).days
    return Ageing(
        card=deal.card,
        column=column.key,
        created=deal.created,
        clocks=clocks_since(deal.started, now.since, now.acted, as_of, count=count),
        light=age_light(column, days),
        escalate=days_over_escalation(column, days) is not None,
    )


def age_record(one: Ageing) -> dict[str, Any]:
    """One card's line in a document, an `AgeRecord`."""
    clocks = one.clocks
    return {
        "card": one.card,
        "column": one.column,
        "age_days": clocks.age_days,
        "column_days": clocks.column_days,
        "idle_days": clocks.idle_days,
        "light": one.light,
        "escalate": one.escalate,
    }
