"""Loss reasons: the lost cards by their normalised reason, with the amount lost and the column they were lost from.

A loss whose reason is missing or not in the board's list stands apart as *without a reason*; the target for those is 0.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from kanban.metrics.base.journeys import LOST
from kanban.metrics.base.track import Track
from kanban.metrics.base.window import Window
from kanban.metrics.cards.deals import Deal
from kanban.values import dataclass


@dataclass(frozen=True)
class LossReason:
    """One reason: how often, how much per currency, and from which columns. `reason` is "" for losses without one."""

    reason: str
    count: int
    amounts: Mapping[str, Decimal]
    columns: Mapping[str, int]
    cards: tuple[str, ...]


def loss_reasons(deals: Iterable[Deal], track: Track, window: Window) -> tuple[LossReason, ...]:
    """The reasons of the losses in the window, the most frequent first, losses without one last."""
    grouped: dict[str, list[Deal]] = {}
    for deal in deals:
        if deal.outcome == LOST and deal.ended in window:
            grouped.setdefault(deal.lost_reason, []).append(deal)
    found = [_reason(reason, lost, track) for reason, lost in grouped.items()]
    return tuple(sorted(found, key=lambda one: (not one.reason, -one.count, one.reason)))


def _reason(reason: str, lost: list[Deal], track: Track) -> LossReason:
    amounts: dict[str, Decimal] = {}
    columns: dict[str, int] = {}
    for deal in lost:
        if deal.amount is not None:
            amounts[deal.amount.currency] = amounts.get(deal.amount.currency, Decimal(0)) + deal.amount.amount
        columns[deal.origin] = columns.get(deal.origin, 0) + 1
    order = {column: at for at, column in enumerate(("", *track.open_columns))}
    ordered = dict(sorted(columns.items(), key=lambda item: order.get(item[0], len(order))))
    cards = tuple(sorted(deal.card for deal in lost))
    return LossReason(reason, len(lost), dict(sorted(amounts.items())), ordered, cards)
