"""What the calendar asks of a card: follow-ups some days after it came, parking after days of silence (D20, D57)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kanban.model.cards.working_days import working_day_from
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.settings.columns import Column


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One planned follow-up: `after` days from the start of the count, made on the day `on`; `number` counts from 1."""

    number: int
    after: int
    on: date


def follow_ups(config: BoardConfig, column: Column, since: date) -> tuple[FollowUp, ...]:
    """The follow-ups of a card for which the column's count began on `since`; a day off moves one to the next day."""
    return tuple(
        FollowUp(number, after, working_day_from(config.calendar, since + timedelta(days=after)))
        for number, after in enumerate(sorted(set(column.follow_up)), 1)
    )


def purge_limit(config: BoardConfig, column: Column) -> int | None:
    """Days without an action after which a card here is proposed for parking; None where cards may wait."""
    if not column.is_open:
        return None
    if column.purge_after is not None:
        return column.purge_after
    return config.policies.purge_after if column.effective_stage == "prospects" else None
