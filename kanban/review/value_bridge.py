"""The value bridge: from the open pipeline before to the one after, in steps that add up to the cent.

start + new + reopened + increased − decreased − unread − won − lost − parked − removed = end, for each currency. An
amount that changes while its card is closed is first an increase or decrease, then leaves at its new value, so that
what was won is what was signed. Cards whose amount cannot be read count as zero and are listed; what they were worth
before is `unread`, not a decrease.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from kanban.metrics.cards.deals import probability_of
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.review.comparison import Comparison, Pair

GAINS = ("new", "reopened", "increased")
LOSSES = ("decreased", "unread", "won", "lost", "parked", "removed")
STEPS = (*GAINS, *LOSSES)


@dataclass(frozen=True, slots=True)
class Bridge:
    """One currency's bridge: `steps` are positive amounts per name of `STEPS`, weights the cards' probabilities."""

    currency: str
    start: Decimal
    steps: dict[str, Decimal]
    end: Decimal
    weighted_start: Decimal
    weighted_end: Decimal

    @property
    def delta(self) -> Decimal:
        """Change of the open pipeline."""
        return self.end - self.start

    @property
    def reconciles(self) -> bool:
        """Whether the steps lead exactly from start to end."""
        gains = sum((self.steps[name] for name in GAINS), Decimal(0))
        losses = sum((self.steps[name] for name in LOSSES), Decimal(0))
        return self.start + gains - losses == self.end


def bridges(comparison: Comparison) -> tuple[Bridge, ...]:
    """One bridge per currency that occurs in an open card on either side, ordered by currency."""
    steps: dict[str, dict[str, Decimal]] = defaultdict(lambda: dict.fromkeys(STEPS, Decimal(0)))
    for pair in comparison.pairs:
        for currency, name, amount in _steps(comparison, pair):
            steps[currency][name] += amount
    start, weighted_start = _totals(comparison, comparison.base)
    end, weighted_end = _totals(comparison, comparison.head)
    zero = Decimal(0)
    found = []
    for currency in sorted(set(steps) | set(start) | set(end)):
        found.append(
            Bridge(
                currency,
                start.get(currency, zero),
                steps[currency],
                end.get(currency, zero),
                weighted_start.get(currency, zero),
                weighted_end.get(currency, zero),
            )
        )
    return tuple(found)


def without_amount(comparison: Comparison) -> tuple[str, ...]:
    """Ids of changed open cards after the change that have no readable amount: they count as zero."""
    head = comparison.head
    cards = (pair.after for pair in comparison.changed if pair.after is not None)
    return tuple(card.id for card in cards if head.is_open(card) and card.amount is None)


def _steps(comparison: Comparison, pair: Pair) -> list[tuple[str, str, Decimal]]:
    """The steps of one card: (currency, step, positive amount)."""
    before = _open_value(comparison.base, pair.before)
    after = _open_value(comparison.head, pair.after)
    if before is None:
        came = "reopened" if pair.before is not None else "new"
        return [(after[0], came, after[1])] if after is not None else []
    if before[1] and pair.after is not None and pair.after.amount is None:
        return [(before[0], "unread", before[1])]
    if after is not None:
        return _revalued(before, after)
    if pair.after is None:
        return [(before[0], "removed", before[1])]
    kind = comparison.head.column_of(pair.after).kind
    signed = _value(comparison.head, pair.after)
    return [*_revalued(before, signed), (signed[0], kind, signed[1])]


def _revalued(before: tuple[str, Decimal], after: tuple[str, Decimal]) -> list[tuple[str, str, Decimal]]:
    """The change of an amount; another currency is a decrease to nothing in the old one and an increase in the new."""
    if before[0] != after[0]:
        return [(before[0], "decreased", before[1]), (after[0], "increased", after[1])]
    change = after[1] - before[1]
    return [(after[0], "increased" if change > 0 else "decreased", abs(change))] if change else []


def _open_value(board: Board, card: Card | None) -> tuple[str, Decimal] | None:
    return _value(board, card) if card is not None and board.is_open(card) else None


def _value(board: Board, card: Card) -> tuple[str, Decimal]:
    if card.amount is None:
        return board.config.currency, Decimal(0)
    return card.amount.currency, card.amount.amount


def _totals(comparison: Comparison, board: Board) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    """Sum and weighted sum of the open, pairable cards, per currency."""
    left_out = set(comparison.unpaired)
    renames = comparison.renames if board is comparison.base else {}
    total: dict[str, Decimal] = defaultdict(Decimal)
    weighted: dict[str, Decimal] = defaultdict(Decimal)
    for card in board.open_cards:
        if card.amount is None or renames.get(card.id, card.id) in left_out:
            continue
        total[card.amount.currency] += card.amount.amount
        probability = probability_of(card, board)
        weighted[card.amount.currency] += card.amount.amount * (probability or Decimal(0))
    return dict(total), dict(weighted)
