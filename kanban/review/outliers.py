"""What a reviewer must not overlook among many edits.

Amounts ten times what they were, closed deals rewritten, one field changed on many cards.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.history.edits import text_of
from kanban.review.comparison import Comparison, Pair

TIMES = 10
"""A slip of a zero, or of a comma."""
MANY = 10
"""So many cards with one field changed are one decision, not many."""
FEW = 5
"""With fewer amounts nobody can tell what is usual."""
REPORTED = ("amount", "currency", "close_date", "lost_reason")
_MINDED = ("amount", "close_date", "probability", "owner", "currency", "lost_reason", "source", "class")

TENFOLD, TENTH, UNUSUAL, REWRITTEN, MASS = "tenfold", "tenth", "unusual", "rewritten", "mass"


@dataclass(frozen=True, slots=True)
class Outlier:
    """One thing that stands out. `id` is the card, "" for several; `count` how many cards; texts as written."""

    kind: str
    id: str
    key: str
    old: str
    new: str
    count: int = 1


def outliers(comparison: Comparison) -> tuple[Outlier, ...]:
    """All of them: closed deals first, then amounts, then mass edits."""
    changed = comparison.changed
    return (
        *(one for pair in changed for one in _rewritten(comparison, pair)),
        *(one for pair in changed for one in _amounts(comparison, pair)),
        *_unusual(comparison),
        *_mass(changed),
    )


def _rewritten(comparison: Comparison, pair: Pair) -> Iterator[Outlier]:
    before, after = pair.before, pair.after
    if before is None or after is None or comparison.base.is_open(before) or comparison.head.is_open(after):
        return
    if "parked" in (comparison.base.column_of(before).kind, comparison.head.column_of(after).kind):
        return
    for key in REPORTED:
        if before.values.get(key) is not None and before.values.get(key) != after.values.get(key):
            yield Outlier(REWRITTEN, pair.id, key, text_of(before, key) or "", text_of(after, key) or "")


def _amounts(comparison: Comparison, pair: Pair) -> Iterator[Outlier]:
    before, after = pair.before, pair.after
    if before is None or after is None or not comparison.head.is_open(after):
        return
    old, new = before.amount, after.amount
    if old is None or new is None or old.currency != new.currency or old.amount <= 0 or new.amount <= 0:
        return
    if new.amount >= TIMES * old.amount or old.amount >= TIMES * new.amount:
        kind = TENFOLD if new.amount > old.amount else TENTH
        yield Outlier(kind, pair.id, "amount", text_of(before, "amount") or "", text_of(after, "amount") or "")


def _unusual(comparison: Comparison) -> Iterator[Outlier]:
    """New cards ten times and more as large as the largest open deal, and as the usual one by far."""
    known = [card.amount.amount for card in _priced(comparison.base) if card.amount]
    if len(known) < FEW:
        return
    usual, largest = Decimal(median(known)), max(known)
    for pair in comparison.changed:
        if pair.before is None and pair.after is not None and pair.after.amount is not None:
            amount = pair.after.amount.amount
            if amount > largest and amount >= TIMES * usual:
                yield Outlier(UNUSUAL, pair.id, "amount", "", text_of(pair.after, "amount") or "")


def _priced(board: Board) -> list[Card]:
    return [card for card in board.open_cards if card.amount and card.amount.currency == board.config.currency]


def _mass(changed: tuple[Pair, ...]) -> Iterator[Outlier]:
    """One field of many cards. The values are told where they are the same for most."""
    values: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for pair in changed:
        for edit in pair.fields():
            if edit.key in _MINDED:
                values[edit.key][edit.old, edit.new] += 1
    for key in _MINDED:
        count = values[key].total()
        if count >= MANY:
            news = Counter[str]()
            for (_old, new), times in values[key].items():
                news[new] += times
            new, times = max(news.items(), key=lambda one: (one[1], one[0]))
            yield Outlier(MASS, "", key, "", new if 2 * times > count else "", count)
