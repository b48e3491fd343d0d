"""Slip: how often, and how far, an open card's expected close date has been put off, from the versions of its file.

A *push* is a change to a later calendar month; putting it off within the month is a *delay*, taking it forward a
*pull-in*, each counted apart. The slip is today's close date minus the first one ever written, in days; removing the
date and writing another later compares the new one with the last one written.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise

from kanban.metrics.base.ledger import Ledger
from kanban.model.cards.card import Card
from kanban.model.history.versions import Versions
from kanban.values import dataclass


@dataclass(frozen=True, slots=True)
class Slip:
    """What became of one card's close date. `flagged`: pushed as often as the board minds, or more."""

    card: str
    first: date
    current: date | None
    pushes: int
    delays: int
    pull_ins: int
    flagged: bool

    @property
    def days(self) -> int | None:
        """Days by which the date has moved, negative when it came nearer; None when there is none now."""
        return (self.current - self.first).days if self.current else None


def slips(found: Iterable[Slip]) -> tuple[Slip, ...]:
    """The slips of all cards, most pushed first."""
    return tuple(sorted(found, key=lambda slip: (-slip.pushes, -(slip.days or 0), slip.card)))


def slips_of(ledger: Ledger) -> dict[str, Slip]:
    """Every open card that ever had a close date, and its slip."""
    limit = ledger.config.policies.close_date_pushes
    found = {}
    for card, journey in ledger.journeys.items():
        if journey.is_open:
            current = ledger.cards[card].close_date
            versions = [one for _event, one in ledger.versions_of(card, "close_date")]
            dates = [one.close_date for one in versions if one is not None]
            if len({one is None for one in versions}) == 2:  # a partial clone: what it lacks cannot be counted
                continue
            slip = slip_of(card, (*dates, current), current, limit)
            if slip is not None:
                found[card] = slip
    return found


def may_be_pushed(versions: Mapping[str, Card], blobs: Iterable[str], key: str, limit: int) -> bool:
    """Whether a day under `key` may have been put off to a later month so often, as a look at these versions tells.

    A version that turns out to say no day lies between two that do: the way over it rises at least as often.
    """
    if not isinstance(versions, Versions):
        return True
    pushes, last = 0, ""
    for blob in blobs:
        month = versions.month_said(blob, key)
        if month is None:
            return True
        pushes += bool(last) and month > last
        last = month or last
    return pushes >= limit


def slip_of(card: str, dates: Iterable[date | None], current: date | None, limit: int) -> Slip | None:
    """The slip told by a card's close dates in the order of its versions; None when it never had one."""
    written = [day for day in dates if day is not None]
    if not written:
        return None
    pushes = delays = pull_ins = 0
    for before, after in pairwise(written):
        if after < before:
            pull_ins += 1
        elif (after.year, after.month) > (before.year, before.month):
            pushes += 1
        elif after > before:
            delays += 1
    return Slip(card, written[0], current, pushes, delays, pull_ins, pushes >= limit)
