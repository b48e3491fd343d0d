"""What a change does to the money beyond the open pipeline: reported wins, quarters, deals that shift, owners."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kanban.metrics.base.periods import quarter_key
from kanban.metrics.cards.weighted_pipeline import weighted_pipeline
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.review.comparison import Comparison, Pair

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Won:
    """One currency's won deals: `start` + `won` + `corrected` − `taken_back` = `end`; `corrected` has a sign."""

    currency: str
    start: Decimal
    won: Decimal
    corrected: Decimal
    taken_back: Decimal
    end: Decimal


@dataclass(frozen=True, slots=True)
class Quarter:
    """One quarter in one currency: what is won, and what is expected of the open deals, before and after."""

    key: str
    currency: str
    quota: Decimal | None
    won_before: Decimal
    won_after: Decimal
    open_before: Decimal
    open_after: Decimal
    quota_before: Decimal | None = None

    @property
    def before(self) -> Decimal:
        """Won and expected together, before."""
        return self.won_before + self.open_before

    @property
    def after(self) -> Decimal:
        """The same after."""
        return self.won_after + self.open_after


@dataclass(frozen=True, slots=True)
class Shift:
    """One open deal whose close date went to another quarter. Days as dates, quarters as keys."""

    pair: Pair
    old: date
    new: date
    quarters: tuple[str, str]

    @property
    def is_later(self) -> bool:
        """Whether it was pushed out, not pulled in."""
        return self.new > self.old


def won_deals(comparison: Comparison) -> tuple[Won, ...]:
    """One line per currency in which a won deal came, went or says something else than before."""
    sums: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for pair in comparison.pairs:
        before, after = _won(comparison.base, pair.before), _won(comparison.head, pair.after)
        for side, name in ((before, "start"), (after, "end")):
            if side is not None:
                sums[side[0]][name] += side[1]
        if before is None and after is not None:
            sums[after[0]]["won"] += after[1]
        elif before is not None and after is None:
            sums[before[0]]["taken_back"] += before[1]
        elif before is not None and after is not None:
            sums[before[0]]["corrected"] -= before[1]
            sums[after[0]]["corrected"] += after[1]
    names = ("start", "won", "corrected", "taken_back", "end")
    found = (Won(currency, *(one[name] for name in names)) for currency, one in sorted(sums.items()))
    return tuple(one for one in found if one.won or one.corrected or one.taken_back)


def quarters(comparison: Comparison, day: date, won_on: Mapping[str, date]) -> tuple[Quarter, ...]:
    """The quarters in which the change makes a difference, and the present one. `won_on` gives the day of a win by id.

    Expected are amount × probability of the open deals by their close date; what is past due is no quarter's.
    """
    start = comparison.head.config.calendar.fiscal_year_start
    sides = [_by_quarter(board, day, won_on) for board in (comparison.base, comparison.head)]
    now, home = quarter_key(day, start), comparison.head.config.currency
    old_quotas, quotas = (
        {one.period: one.amount for one in board.config.quotas if not one.owner and one.amount}
        for board in (comparison.base, comparison.head)
    )
    found = []
    for key, currency in sorted({(now, home), *sides[0], *sides[1]}):
        before, after = (side.get((key, currency), (ZERO, ZERO)) for side in sides)
        quota, old = (side.get(key) if currency == home else None for side in (quotas, old_quotas))
        if before != after or ((key, currency) == (now, home) and (quota or any(before))):
            found.append(Quarter(key, currency, quota, before[0], after[0], before[1], after[1], old))
    return tuple(found)


def shifts(comparison: Comparison) -> tuple[Shift, ...]:
    """The open deals that go to another quarter, the largest first."""
    start = comparison.head.config.calendar.fiscal_year_start
    found = []
    for pair in comparison.changed:
        before, after = pair.before, pair.after
        if before is None or after is None or not comparison.head.is_open(after):
            continue
        old, new = before.close_date, after.close_date
        if old is None or new is None:
            continue
        keys = quarter_key(old, start), quarter_key(new, start)
        if keys[0] != keys[1]:
            found.append(Shift(pair, old, new, keys))
    return tuple(sorted(found, key=lambda one: (-(_amount(one.pair.after)[1]), one.pair.id)))


def _by_quarter(board: Board, day: date, won_on: Mapping[str, date]) -> dict[tuple[str, str], tuple[Decimal, Decimal]]:
    """Quarter and currency → won, and expected of the open deals."""
    start = board.config.calendar.fiscal_year_start
    found: dict[tuple[str, str], list[Decimal]] = defaultdict(lambda: [ZERO, ZERO])
    for currency, pipeline in weighted_pipeline(board, day).currencies.items():
        for key, amount in pipeline.quarters.items():
            found[key, currency][1] += amount
    for card in board.cards:
        won = _won(board, card)
        when = won_on.get(card.id) or card.close_date
        if won is not None and when is not None:
            found[quarter_key(when, start), won[0]][0] += won[1]
    return {key: (one[0], one[1]) for key, one in found.items()}


def _won(board: Board, card: Card | None) -> tuple[str, Decimal] | None:
    """Currency and amount of a won deal; None for any other card."""
    if card is None or card.amount is None or board.column_of(card).kind != "won":
        return None
    return _amount(card)


def _amount(card: Card | None) -> tuple[str, Decimal]:
    return (card.amount.currency, card.amount.amount) if card is not None and card.amount else ("", ZERO)
