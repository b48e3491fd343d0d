"""Money: what the open deals may bring, by the month in which they are expected to close, with quantiles.

By month the probability is the card's own (else its column's): what people believe. Over the forecast's weeks it is the
card model's, from what cards like it did: what the past says. A deal comes in whole or not at all, so the sum is shown
with the range that eight in ten outcomes lie in; deals are taken as independent, which makes that range a little
narrow. Cards without amount or probability are in no sum, and listed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kanban.forecast.money_sums import Sum, sum_of
from kanban.metrics.base.ledger import Ledger
from kanban.metrics.base.periods import month_key
from kanban.metrics.cards.deals import probability_of
from kanban.model.cards.card import Card

PAST_DUE, UNDATED = "past_due", "undated"

Deals = list[tuple[Decimal, Decimal | float]]


@dataclass(frozen=True)
class MoneyForecast:
    """One currency. `months` is keyed by `2026-10`, then `past_due` and `undated`; `ahead` is over the weeks ahead."""

    currency: str
    months: Mapping[str, Sum]
    ahead: Sum
    without_amount: tuple[str, ...] = ()


def money(ledger: Ledger, chances: Mapping[str, float]) -> tuple[MoneyForecast, ...]:
    """Per currency; `chances` are the card model's, by card."""
    months: dict[str, dict[str, Deals]] = {}
    ahead: dict[str, Deals] = {}
    board = ledger.board
    for card in board.open_cards:
        amount = card.amount
        if amount is None:
            continue
        ahead.setdefault(amount.currency, []).append((amount.amount, chances.get(card.id, 0.0)))
        probability = probability_of(card, board)
        if probability is not None:
            place = _place(card, ledger)
            months.setdefault(amount.currency, {}).setdefault(place, []).append((amount.amount, probability))
    missing = tuple(card.id for card in board.open_cards if card.amount is None)
    return tuple(
        MoneyForecast(currency, _in_order(months.get(currency, {})), sum_of(deals), missing)
        for currency, deals in sorted(ahead.items())
    )


def _place(card: Card, ledger: Ledger) -> str:
    if card.close_date is None:
        return UNDATED
    return PAST_DUE if card.close_date < ledger.as_of else month_key(card.close_date)


def _in_order(found: Mapping[str, Deals]) -> dict[str, Sum]:
    """Past due first, then the months, then what has no date."""
    order = {PAST_DUE: 0, UNDATED: 2}
    return {key: sum_of(found[key]) for key in sorted(found, key=lambda key: (order.get(key, 1), key))}
