"""Deals: what people said of single deals against what came: probabilities, months of closing, days of closing.

Read from the versions of the cards: what a card said on a day is its last version by then. Deals that are parked, and
probabilities of deals still open, say nothing yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from kanban.metrics.base.intervals import Rate, rate_of
from kanban.metrics.base.journeys import PARKED, WON, Journey
from kanban.metrics.base.ledger import Ledger
from kanban.metrics.base.periods import month_key
from kanban.metrics.cards.deals import probability_of
from kanban.model.cards.card import Card

FEWEST = 20
"""Deals from which on a share of them is worth telling."""

_BINS = 5
_NO_MONEY = Decimal(0)


@dataclass(frozen=True, slots=True)
class Bin:
    """Probabilities of one fifth of the scale: their mean, and the share of those deals that were won in the end."""

    said: float
    came: Rate


@dataclass(frozen=True, slots=True)
class Month:
    """The deals that were to close in a month, as they stood on the day before it: weighted, and what came in it."""

    currency: str
    month: str
    deals: int
    said: Decimal
    came: Decimal


@dataclass(frozen=True, slots=True)
class Slip:
    """Days from the first close date written on a deal to its win; open: how late it is so far."""

    days: int
    closed: bool


@dataclass(frozen=True, slots=True)
class DealRecord:
    """`bins` by rising probability, with the mean squared error `brier`; months oldest first.

    `late_p50` and `late_p90` are the days after the first close date by which so many deals were won, open ones counted
    as late at least so far (Kaplan & Meier 1958); None where fewer were, or fewer than twenty are known.
    """

    bins: tuple[Bin, ...]
    brier: float | None
    months: tuple[Month, ...]
    dated: int
    late_p50: int | None
    late_p90: int | None


def deals_of(ledger: Ledger) -> DealRecord:
    """The record of the deals of a ledger, whose versions must be at hand."""
    said = [pair for card, journey in ledger.journeys.items() for pair in _statements(ledger, card, journey)]
    months: dict[tuple[str, str], list[tuple[Decimal, Decimal]]] = {}
    for card, journey in ledger.journeys.items():
        for key, pair in _promised(ledger, card, journey):
            months.setdefault(key, []).append(pair)
    slips = [slip for card, journey in ledger.journeys.items() for slip in _slip(ledger, card, journey)]
    found = [
        Month(currency, month, len(pairs), sum((s for s, _ in pairs), _NO_MONEY), sum((c for _, c in pairs), _NO_MONEY))
        for (currency, month), pairs in sorted(months.items())
    ]
    brier = sum((chance - won) ** 2 for chance, won in said) / len(said) if said else None
    return DealRecord(_bins(said), brier, tuple(found), len(slips), late_by(slips, 0.5), late_by(slips, 0.9))


def _said(ledger: Ledger, card: str, journey: Journey, key: str) -> Iterator[Card]:
    """The versions of a card while it was open."""
    for event, version in ledger.versions_of(card, key):
        if version is not None and (journey.end is None or event.at < journey.end):
            yield version


def _statements(ledger: Ledger, card: str, journey: Journey) -> Iterator[tuple[float, bool]]:
    """Each probability that people wrote on a deal that has ended, once, and whether it was won."""
    if journey.end is not None and journey.outcome != PARKED:
        said = (one.probability for one in _said(ledger, card, journey, "probability"))
        yield from (
            (float(chance), journey.outcome == WON) for chance in sorted({one for one in said if one is not None})
        )


def _bins(pairs: Sequence[tuple[float, bool]]) -> tuple[Bin, ...]:
    found: dict[int, list[tuple[float, bool]]] = {}
    for chance, won in pairs:
        found.setdefault(min(int(chance * _BINS + 1e-9), _BINS - 1), []).append((chance, won))
    return tuple(
        Bin(sum(chance for chance, _ in ones) / len(ones), rate_of(sum(won for _, won in ones), len(ones)))
        for _at, ones in sorted(found.items())
    )


def _promised(ledger: Ledger, card: str, journey: Journey) -> Iterator[tuple[tuple[str, str], tuple[Decimal, Decimal]]]:
    """Currency and month, weighted amount and what came, for every month over which the card was to close in."""
    for first in _firsts(journey.created, journey.ended or ledger.as_of, ledger.as_of):
        version = _version_on(ledger, card, journey, first - timedelta(days=1))
        amount = version.amount if version else None
        if version is None or amount is None or version.close_date is None:
            continue
        chance = probability_of(version, ledger.board)
        if chance is not None and month_key(version.close_date) == month_key(first):
            came = journey.outcome == WON and journey.ended is not None and month_key(journey.ended) == month_key(first)
            closed = ledger.closing[card].amount if came else None
            got = closed.amount if closed and closed.currency == amount.currency else _NO_MONEY
            yield (amount.currency, month_key(first)), (amount.amount * chance, got)


def _firsts(begin: date, end: date, as_of: date) -> Iterator[date]:
    """The first days of the months that began after `begin`, up to `end`, and are over."""
    first = (begin.replace(day=1) + timedelta(days=32)).replace(day=1)
    while first <= end and (after := (first + timedelta(days=32)).replace(day=1)) <= as_of + timedelta(days=1):
        yield first
        first = after


def _version_on(ledger: Ledger, card: str, journey: Journey, day: date) -> Card | None:
    """What the card said at the end of a day; None when it was not open then, or the version is not known."""
    stay = next((one for one in reversed(journey.stays) if one.since <= day), None)
    if stay is None or not ledger.track.is_open(stay.column) or (stay.until and stay.until <= day):
        return None
    known = [event for event in ledger.history.texts_of(card) if event.at.date() <= day >= event.known_at.date()]
    return ledger.versions.get(known[-1].blob) if known else None


def _slip(ledger: Ledger, card: str, journey: Journey) -> Iterator[Slip]:
    """How late a deal was, or is so far; nothing of one that was lost, or never had a date."""
    if journey.outcome != WON and not journey.is_open:
        return
    first = next((one.close_date for one in _said(ledger, card, journey, "close_date") if one.close_date), None)
    if first is not None:
        yield Slip(((journey.ended or ledger.as_of) - first).days, journey.ended is not None)


def late_by(slips: Iterable[Slip], level: float) -> int | None:
    """Days after the first date by which this share was won, of a population of which some are still open."""
    order = sorted(slips, key=lambda slip: (slip.days, not slip.closed))
    if len(order) < FEWEST:
        return None
    standing = 1.0
    for at, slip in enumerate(order):
        if slip.closed:
            standing *= 1 - 1 / (len(order) - at)
            if 1 - standing >= level - 1e-12:
                return slip.days
    return None
