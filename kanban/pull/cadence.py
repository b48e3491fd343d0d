"""What the calendar asks of a card: follow-ups some days after the offer, and what days in a column or of silence mean.

Days in a column and days of silence are differences of dates: 0 on the day of the move or of the last action.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from kanban.model.cards.card import Card
from kanban.model.cards.working_days import next_working_day, working_day_from
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.settings.columns import Column


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One planned follow-up: `after` days from the start of the count, made on the day `on`; `number` counts from 1."""

    number: int
    after: int
    on: date


def follow_up_days(column: Column) -> tuple[int, ...]:
    """Days after the offer on which a card here is followed up, in order; none where nothing is followed up (D57)."""
    return tuple(sorted(set(column.follow_up)))


def offer_day(card: Card, entered: date | None) -> date | None:
    """The day from which follow-ups are counted: the offer's own (`offer_date`), else the one it came to its column."""
    sent = card.values.get("offer_date")
    return sent if isinstance(sent, date) else entered


def follow_ups(config: BoardConfig, column: Column, card: Card, entered: date | None) -> tuple[FollowUp, ...]:
    """The follow-ups that the card owes in its column, in order; none when nobody knows when to start counting.

    A day off moves one to the next working day. A day written on the card (`follow_up_date`) after the last of the
    column's is one more.
    """
    since, days = offer_day(card, entered), follow_up_days(column)
    if since is None or not days:
        return ()
    plan = [
        FollowUp(number, after, working_day_from(config.calendar, since + timedelta(days=after)))
        for number, after in enumerate(days, 1)
    ]
    written = card.values.get("follow_up_date")
    if isinstance(written, date) and written > max(one.on for one in plan):
        plan.append(FollowUp(len(plan) + 1, (written - since).days, written))
    return tuple(plan)


def follow_ups_owed(
    config: BoardConfig, column: Column, card: Card, today: date, *, idle: int | None, standing: int | None
) -> tuple[FollowUp, ...]:
    """The follow-ups whose day is over without an action on it or since, when none is planned for now (D57).

    `idle` and `standing` are the days since the last action and in the column; nothing is owed where nobody knows.
    """
    if idle is None or standing is None:
        return ()
    planned = card.next_action_date
    if planned is not None and today <= planned.day <= next_working_day(config.calendar, today):
        return ()
    acted = today - timedelta(days=idle)
    plan = follow_ups(config, column, card, today - timedelta(days=standing))
    return tuple(one for one in plan if acted < one.on < today)


def purge_limit(config: BoardConfig, column: Column) -> int | None:
    """Days without an action above which a card here is proposed for parking; None where cards may wait (D20, D53).

    The column's own `purge_after`; for prospects without one the board's.
    """
    if not column.is_open:
        return None
    if column.purge_after is not None:
        return column.purge_after
    return config.policies.purge_after if column.effective_stage == "prospects" else None


def is_to_be_purged(config: BoardConfig, column: Column, idle_days: int | None) -> bool:
    """Whether a card silent for so many days (None: nobody knows) is proposed for parking."""
    limit = purge_limit(config, column)
    return limit is not None and idle_days is not None and idle_days > limit


def is_stale(config: BoardConfig, column: Column, idle_days: int) -> bool:
    """Whether a card silent for so many days is at risk of being forgotten (D27)."""
    return idle_days > (config.policies.stale_after if column.stale_after is None else column.stale_after)


def escalation_limit(column: Column) -> int | None:
    """Days in the column from which on the manager is to know; None where a card may stay."""
    return column.escalate


def days_over_escalation(column: Column, column_days: int | None) -> int | None:
    """Days since the manager was to know: 0 on the day on which the card has been here `escalate` days (D29, D57).

    None before that day, in a column that does not escalate, and when nobody knows how long the card has been here.
    """
    over = None if column.escalate is None or column_days is None else column_days - column.escalate
    return over if over is not None and over >= 0 else None


def is_to_be_escalated(column: Column, card: Card, column_days: int | None) -> bool:
    """Whether the manager is to know of the card and nobody has written that he does (`escalated`)."""
    return days_over_escalation(column, column_days) is not None and not card.has("escalated")


def age_light(column: Column, column_days: int) -> str:
    """`green`, `amber` or `red` for so many days in the column; `none` where the column declares no light (D29)."""
    return "none" if column.ageing is None else column.ageing.light(column_days)


def age_limits(column: Column) -> tuple[int, int] | None:
    """The last green and the last amber day in the column; None where it declares no light."""
    return None if column.ageing is None else (column.ageing.amber, column.ageing.red)


def is_awake(card: Card, day: date) -> bool:
    """Whether the parked card's day (`parked_until`) has come by `day`."""
    until = card.values.get("parked_until")
    return isinstance(until, date) and until <= day
