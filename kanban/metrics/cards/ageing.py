"""Ageing: the open cards with their three clocks and the light of their column, the oldest first.

The light looks at the days in the column, in calendar days, as the column's policy says: green up to its first limit,
amber up to its second, red above; `none` where the column declares none. Escalation to the manager is a flag of its
own, not a colour.
"""

from datetime import date

from kanban.metrics.base.clocks import clocks_of, last_action
from kanban.metrics.base.day_count import CALENDAR_DAYS, DayCount
from kanban.metrics.base.ledger import Ledger
from kanban.metrics.clock_days import Clocks
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


def ageing(ledger: Ledger, *, count: DayCount = CALENDAR_DAYS) -> tuple[Ageing, ...]:
    """The open cards of the ledger; cards whose clock has not started come last."""
    found = [_of(ledger, card.id, count) for card in ledger.board.open_cards]
    return tuple(sorted(found, key=lambda one: (-(one.clocks.age_days or 0), one.created, one.card)))


def _of(ledger: Ledger, card: str, count: DayCount) -> Ageing:
    journey = ledger.journeys[card]
    actions_only = ledger.config.policies.idle_counts == "actions"
    last = last_action(ledger.history.of(card), ledger.versions) if actions_only else journey.touched
    column = ledger.board.column_of(ledger.cards[card])
    days = (ledger.as_of - journey.stays[-1].since).days
    return Ageing(
        card=card,
        column=column.key,
        created=journey.created,
        clocks=clocks_of(journey, ledger.as_of, last=last, count=count),
        light=age_light(column, days),
        escalate=days_over_escalation(column, days) is not None,
    )
