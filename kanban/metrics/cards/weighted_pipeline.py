"""Weighted pipeline: Σ amount × probability of the open cards, per currency, by month and quarter of their close date.

The probability is the card's own, else the one its column declares. A card without amount or probability is in no sum:
it is listed as *incomplete*, never counted as 0. A close date before the as-of day goes to *past due*, never into a
month; a card without one to *undated*; both are part of the total. Exact decimals; currencies are never added.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from kanban.i18n import _
from kanban.i18n.formats import format_money
from kanban.metrics.base.periods import month_key, period_name, quarter_key
from kanban.metrics.cards.deals import probability_of
from kanban.model.cards.board import Board
from kanban.model.typed.values import Money
from kanban.values import dataclass

ZERO = Decimal(0)


@dataclass(frozen=True)
class Pipeline:
    """One currency: weighted sums, the unweighted one beside, and how many cards they are about."""

    total: Decimal
    past_due: Decimal
    undated: Decimal
    months: Mapping[str, Decimal]
    quarters: Mapping[str, Decimal]
    unweighted: Decimal
    cards: int

    def by_quarter(self, currency: str) -> str:
        """`Q4 2026: €9,200 · Q1 2027: €5,200`, for people; "" when no card has a day to come."""
        return " · ".join(
            f"{period_name(key)}{_(': ')}{format_money(Money(amount, currency))}"
            for key, amount in self.quarters.items()
        )


@dataclass(frozen=True)
class WeightedPipeline:
    """Pipelines by currency code, and the open cards that could not be weighted, in board order."""

    currencies: Mapping[str, Pipeline]
    incomplete: tuple[str, ...]


Weighable = tuple[str, Money | None, Decimal | None, date | None]
"""An open card: its id, amount, the probability that counts, and its close date."""


def weighted_pipeline(board: Board, as_of: date) -> WeightedPipeline:
    """The weighted pipeline of a board's open cards on the day."""
    cards = ((card.id, card.amount, probability_of(card, board), card.close_date) for card in board.open_cards)
    return weighed(cards, as_of, board.config.calendar.fiscal_year_start)


def weighed(cards: Iterable[Weighable], as_of: date, fiscal_year_start: int) -> WeightedPipeline:
    """The weighted pipeline of open cards, given in board order."""
    sums = _Sums(as_of, fiscal_year_start)
    incomplete = []
    for card, amount, probability, close_date in cards:
        if amount is None or probability is None:
            incomplete.append(card)
        else:
            sums.add(amount.currency, amount.amount, probability, close_date)
    return WeightedPipeline(sums.pipelines(), tuple(incomplete))


class _Sums:
    """Adds cards up, currency by currency."""

    def __init__(self, as_of: date, fiscal_year_start: int) -> None:
        self._as_of = as_of
        self._fiscal = fiscal_year_start
        self._buckets: dict[str, dict[tuple[str, str], Decimal]] = {}
        self._plain: dict[str, list[Decimal]] = {}

    def add(self, currency: str, amount: Decimal, probability: Decimal, close: date | None) -> None:
        """One card."""
        weighted = amount * probability
        self._plain.setdefault(currency, []).append(amount)
        buckets = self._buckets.setdefault(currency, {})
        for key in (("total", ""), *self._places(close)):
            buckets[key] = buckets.get(key, ZERO) + weighted

    def _places(self, close: date | None) -> tuple[tuple[str, str], ...]:
        if close is None:
            return (("undated", ""),)
        if close < self._as_of:
            return (("past_due", ""),)
        return ("month", month_key(close)), ("quarter", quarter_key(close, self._fiscal))

    def pipelines(self) -> dict[str, Pipeline]:
        """What was added up."""
        return {currency: self._pipeline(currency) for currency in sorted(self._buckets)}

    def _pipeline(self, currency: str) -> Pipeline:
        buckets, plain = self._buckets[currency], self._plain[currency]

        def of(kind: str) -> dict[str, Decimal]:
            return {name: value for (group, name), value in sorted(buckets.items()) if group == kind}

        one = {kind: buckets.get((kind, ""), ZERO) for kind in ("total", "past_due", "undated")}
        return Pipeline(
            one["total"], one["past_due"], one["undated"], of("month"), of("quarter"), sum(plain, ZERO), len(plain)
        )
