"""Loss reasons: the lost cards by their normalised reason, with the amount lost and the column they were lost from.

A loss whose reason is missing or not in the board's list stands apart as *without a reason*; the target for those is 0.
"""

from collections.abc import Mapping
from decimal import Decimal

from kanban.metrics.base.journeys import LOST, Journey
from kanban.metrics.base.ledger import Ledger
from kanban.metrics.base.window import Window
from kanban.values import dataclass


@dataclass(frozen=True)
class LossReason:
    """One reason: how often, how much per currency, and from which columns. `reason` is "" for losses without one."""

    reason: str
    count: int
    amounts: Mapping[str, Decimal]
    columns: Mapping[str, int]
    cards: tuple[str, ...]


def loss_reasons(ledger: Ledger, window: Window) -> tuple[LossReason, ...]:
    """The reasons of the losses in the window, the most frequent first, losses without one last."""
    grouped: dict[str, list[Journey]] = {}
    for journey in ledger.journeys.values():
        if journey.outcome == LOST and journey.ended in window:
            grouped.setdefault(ledger.cards[journey.card].lost_reason, []).append(journey)
    found = [_reason(reason, lost, ledger) for reason, lost in grouped.items()]
    return tuple(sorted(found, key=lambda one: (not one.reason, -one.count, one.reason)))


def _reason(reason: str, lost: list[Journey], ledger: Ledger) -> LossReason:
    amounts: dict[str, Decimal] = {}
    columns: dict[str, int] = {}
    for journey in lost:
        amount = ledger.cards[journey.card].amount
        if amount is not None:
            amounts[amount.currency] = amounts.get(amount.currency, Decimal(0)) + amount.amount
        origin = next((stay.column for stay in reversed(journey.stays) if ledger.track.is_open(stay.column)), "")
        columns[origin] = columns.get(origin, 0) + 1
    order = {column: at for at, column in enumerate(("", *ledger.track.open_columns))}
    ordered = dict(sorted(columns.items(), key=lambda item: order.get(item[0], len(order))))
    return LossReason(reason, len(lost), amounts, ordered, tuple(sorted(journey.card for journey in lost)))
