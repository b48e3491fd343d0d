"""Quota: what was to be won in a period, what has been, and whether the pace is enough.

The pace is the quota times the share of the period's days that are over. Light: green at or above it, amber from 80 %
of it, red below; none before the period begins. Coverage: what the open deals are worth, raw and weighted, against
what is missing; a pace that is kept is amber all the same where they are worth less than that. For the team's count of
wins, the probability of reaching it by the last day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from kanban.errors import KanbanError
from kanban.forecast.horizon import FARTHEST_WEEKS, Outlook
from kanban.forecast.models.distribution import chance_of_at_least
from kanban.metrics.base.journeys import WON
from kanban.metrics.base.ledger import Ledger
from kanban.metrics.base.periods import parse_period
from kanban.metrics.base.window import Window
from kanban.metrics.cards.deals import probability_of
from kanban.model.cards.board import plain
from kanban.model.settings.policies import Quota

ALMOST = Decimal("0.8")
WINS, AMOUNT = "wins", "amount"


@dataclass(frozen=True, slots=True)
class Attainment:
    """One quota on the day. `unit` is `wins` or `amount` (in the board's currency).

    `reach` is the probability of reaching it by `until`; None where it is not estimated. `open_raw` and
    `open_weighted` are what the open deals would bring, for amounts. `lately` is what of `won` came in the seven days
    up to the day.
    """

    period: str
    since: date
    until: date
    owner: str
    unit: str
    target: Decimal
    won: Decimal
    pace: Decimal
    light: str
    reach: float | None = None
    open_raw: Decimal | None = None
    open_weighted: Decimal | None = None
    lately: Decimal = Decimal(0)

    @property
    def missing(self) -> Decimal:
        """What is still to be won."""
        return max(Decimal(0), self.target - self.won)

    @property
    def coverage(self) -> Decimal | None:
        """Weighted open amount / what is missing; None where there is nothing missing or nothing to weigh."""
        return self.open_weighted / self.missing if self.open_weighted is not None and self.missing else None


def attainments(ledger: Ledger, outlook: Outlook) -> tuple[Attainment, ...]:
    """Every quota of the board, in the order of `board.yml`; a period that cannot be read is left to the linter."""
    found = []
    for quota in ledger.config.quotas:
        try:
            span = parse_period(quota.period, fiscal_year_start=ledger.config.calendar.fiscal_year_start)
        except KanbanError:
            continue
        found += _attained(quota, span, ledger, outlook)
    return tuple(found)


def _attained(quota: Quota, span: Window, ledger: Ledger, outlook: Outlook) -> list[Attainment]:
    since = span.since or span.until
    lately = Window(ledger.as_of, since=ledger.as_of - timedelta(days=6))
    won = [
        (ledger.closing.get(card) or ledger.cards[card], journey.ended in lately)
        for card, journey in ledger.journeys.items()
        if journey.outcome == WON and journey.ended in span and _has(quota, ledger.owner(card))
    ]
    found = []
    if quota.wins is not None:
        count, target = Decimal(len(won)), Decimal(quota.wins)
        reach = None if quota.owner else _reach(outlook, ledger.as_of, span, int(max(Decimal(0), target - count)))
        row = _row(quota, span, since, WINS, target, count, ledger.as_of, reach)
        found.append(replace(row, lately=Decimal(sum(new for _card, new in won))))
    if quota.amount is not None:
        home = ledger.config.currency
        amounts = [(one.amount.amount, new) for one, new in won if one.amount and one.amount.currency == home]
        raw, weighted = _open(quota, ledger)
        total = sum((amount for amount, _new in amounts), Decimal(0))
        row = _row(quota, span, since, AMOUNT, quota.amount, total, ledger.as_of, None, raw, weighted)
        found.append(replace(row, lately=sum((amount for amount, new in amounts if new), Decimal(0))))
    return found


def _has(quota: Quota, owner: str) -> bool:
    return not quota.owner or plain(quota.owner) == plain(owner)


def _open(quota: Quota, ledger: Ledger) -> tuple[Decimal, Decimal]:
    raw = weighted = Decimal(0)
    for card in ledger.board.open_cards:
        amount = card.amount
        if amount is not None and amount.currency == ledger.config.currency and _has(quota, card.owner):
            raw += amount.amount
            weighted += amount.amount * (probability_of(card, ledger.board) or Decimal(0))
    return raw, weighted


def _reach(outlook: Outlook, day: date, span: Window, missing: int) -> float | None:
    """P(enough wins between the day after as-of and the period's last day), by whole weeks rounded down."""
    if missing == 0:
        return 1.0
    if day >= span.until or (span.since is not None and day < span.since - timedelta(days=1)):
        return None
    weeks = (span.until - day).days // 7
    pmf = outlook(weeks) if 0 < weeks <= FARTHEST_WEEKS else None
    return None if pmf is None else chance_of_at_least(pmf, missing)


def _row(
    quota: Quota, span: Window, since: date, unit: str, target: Decimal, won: Decimal, day: date,
    reach: float | None, raw: Decimal | None = None, weighted: Decimal | None = None,
) -> Attainment:  # fmt: skip
    days = (span.until - since).days + 1
    over = min(max((day - since).days + 1, 0), days)
    pace = (target * over / days).quantize(Decimal("0.01"))
    light = "none" if over == 0 else "green" if won >= pace else "amber" if won >= ALMOST * pace else "red"
    found = Attainment(
        quota.period, since, span.until, quota.owner, unit, target, won, pace, light, reach, raw, weighted
    )
    short = found.coverage is not None and found.coverage < 1
    return replace(found, light="amber") if light == "green" and short else found
