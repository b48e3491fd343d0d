"""Figures as data: exact amounts as decimal strings, rates with their interval."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from kanban.metrics.intervals import Rate

CENT = Decimal("0.01")

Json = dict[str, Any]


def decimal_text(value: Decimal) -> str:
    """The exact value with two decimals, or more where it has more."""
    in_cents = value.quantize(CENT)
    return str(in_cents) if in_cents == value else f"{value.normalize():f}"


def rate_json(rate: Rate) -> Json:
    """A rate with its interval."""
    return {"rate": rate.rate, "low": rate.low, "high": rate.high, "n": rate.n}


def amounts_json(amounts: Mapping[str, Decimal]) -> dict[str, str]:
    """Exact amounts per currency or month."""
    return {currency: decimal_text(amount) for currency, amount in amounts.items()}
