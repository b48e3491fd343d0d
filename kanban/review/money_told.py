"""The money of a change as the report keeps it: wins, quarters, deals that shift, owners."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import TypedDict

from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.history.events import History
from kanban.review.comparison import Comparison
from kanban.review.money import Shift, quarters, shifts, won_deals
from kanban.review.report import OwnerLine, QuarterLine, Revenue, Shifted, clipped


class Money(TypedDict):
    """The fields of the report that are about money over time and by person."""

    revenue: tuple[Revenue, ...]
    quarters: tuple[QuarterLine, ...]
    shifts: tuple[Shifted, ...]
    owners: tuple[OwnerLine, ...]


def told_of_money(comparison: Comparison, day: date, base: History | None, head: History | None) -> Money:
    """All four. A win not committed yet happens on the day."""
    return {
        "revenue": tuple(
            Revenue(one.currency, one.start, one.won, one.corrected, one.taken_back, one.end)
            for one in won_deals(comparison)
        ),
        "quarters": tuple(
            QuarterLine(
                one.key,
                one.currency,
                one.quota,
                one.won_before,
                one.won_after,
                one.open_before,
                one.open_after,
                one.quota_before,
            )
            for one in quarters(comparison, day, _won_on(comparison, day, head or base))
        ),
        "shifts": tuple(map(_shifted, shifts(comparison))),
        "owners": _owners(comparison),
    }


def _won_on(comparison: Comparison, day: date, history: History | None) -> dict[str, date]:
    """The day of each win: as recorded, else the card's close date (left out here), else today for a fresh one."""
    found: dict[str, date] = {}
    for card in comparison.head.cards:
        if comparison.head.column_of(card).kind != "won":
            continue
        came = [event for event in history.of(card.id) if event.places] if history and not history.shallow else []
        if came and came[-1].to_column == card.column:
            found[card.id] = came[-1].at.date()
        elif card.close_date is None:
            found[card.id] = day
    return found


def _shifted(one: Shift) -> Shifted:
    card = one.pair.after
    amount, currency = _amount(card)
    title, owner, path = (card.label, card.owner, card.path) if card is not None else ("", "", "")
    return Shifted(
        clipped(one.pair.id),
        clipped(title),
        clipped(owner),
        one.old.isoformat(),
        one.new.isoformat(),
        *one.quarters,
        one.is_later,
        amount,
        currency,
        clipped(path),
    )


def _owners(comparison: Comparison) -> tuple[OwnerLine, ...]:
    """The people whose open deals differ, or who win, the largest difference first; "" is nobody."""
    sums: dict[tuple[str, str], list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 3)
    for pair in comparison.changed:
        for at, (board, card) in enumerate(((comparison.base, pair.before), (comparison.head, pair.after))):
            if card is not None and card.amount is not None and board.is_open(card):
                sums[card.owner, card.amount.currency][at] += card.amount.amount
        after = pair.after
        if after is not None and after.amount and _is_new_win(comparison, pair.before, after):
            sums[after.owner, after.amount.currency][2] += after.amount.amount
    lines = [
        OwnerLine(clipped(owner), currency, *_in_all(comparison, owner, currency), one[2])
        for (owner, currency), one in sums.items()
        if one[0] != one[1] or one[2]
    ]
    return tuple(sorted(lines, key=lambda one: (-abs(one.after - one.before), one.owner, one.currency)))


def _is_new_win(comparison: Comparison, before: Card | None, after: Card) -> bool:
    won = comparison.head.column_of(after).kind == "won"
    return won and (before is None or comparison.base.column_of(before).kind != "won")


def _in_all(comparison: Comparison, owner: str, currency: str) -> tuple[Decimal, Decimal]:
    return _open(comparison.base, owner, currency), _open(comparison.head, owner, currency)


def _open(board: Board, owner: str, currency: str) -> Decimal:
    amounts = (card.amount for card in board.open_cards if card.owner == owner and card.amount is not None)
    return sum((one.amount for one in amounts if one.currency == currency), Decimal(0))


def _amount(card: Card | None) -> tuple[Decimal | None, str]:
    return (card.amount.amount, card.amount.currency) if card is not None and card.amount else (None, "")
