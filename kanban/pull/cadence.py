"""What the board asks of days: when offers are followed up, and what days in a column or of silence mean.

Days in a column and days of silence are differences of dates: 0 on the day of the move or of the last action.
"""

from datetime import date

from kanban.model.cards.card import Card
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.settings.columns import Column


def follow_up_days(column: Column) -> tuple[int, ...]:
    """Days after the offer on which a card here is followed up, in order; none where nothing is followed up (D57)."""
    return tuple(sorted(set(column.follow_up)))


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
