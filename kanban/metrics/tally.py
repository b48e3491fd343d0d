"""Tally: what the cards of a board add up to, part by part, so that one more event need not go through all of them.

Each part is put together card by card: a row for the card, or a count of what is alike over all cards, by the days on
which it happened. To add what happened to some cards, what they had said is taken out and what they say now put in
(`folded`). A recount is the same with nothing at hand; both give equal parts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any

from kanban.metrics.base.day_count import CALENDAR_DAYS, DayCount
from kanban.metrics.base.ledger import Ledger
from kanban.metrics.base.limits import LimitHistory
from kanban.metrics.base.passages import Crossings, Reached, arrivals_of, crossings_of, decided_by_column
from kanban.metrics.base.track import Track, track_of
from kanban.metrics.cards.age_trend import Changes, changes_of
from kanban.metrics.cards.deals import Deal, deals_of
from kanban.metrics.cards.slip import Slip, slips_of
from kanban.metrics.flow.blocked import BlockSpell, blocks_of
from kanban.metrics.flow.stock import Comings, comings_of
from kanban.metrics.flow.time_in_column import Visits, visits_of
from kanban.metrics.pace import Leavings, leavings_of
from kanban.metrics.suspicion import Suspicion, in_order, suspicions_of
from kanban.model.settings.board_yml import BoardConfig

ROWS = ("deals", "slips", "blocks")
"""The parts that hold a row for a card."""
COUNTS = ("comings", "changes", "visits", "leavings", "crossings", "reached")
"""The parts that count what is alike."""


class Tally:
    """The parts as of a day; each is worked out when it is first asked for, unless it is given.

    `first` is the day of the board's first event, `restricted` says that a filter left cards out, `lasting` that what
    happens later can be added to it.
    """

    def __init__(
        self,
        config: BoardConfig,
        as_of: date,
        limits: LimitHistory,
        *,
        head: str | None = None,
        first: date | None = None,
        clamped: int = 0,
        shallow: bool = False,
        restricted: bool = False,
        count: DayCount = CALENDAR_DAYS,
        told_by: Ledger | None = None,
        parts: Mapping[str, Any] | None = None,
    ) -> None:
        self.config, self.as_of, self.limits, self.count = config, as_of, limits, count
        self.head, self.first, self.clamped, self.shallow, self.restricted = head, first, clamped, shallow, restricted
        self._told_by = told_by
        self.lasting = False
        self.__dict__ |= parts or {}

    @property
    def ledger(self) -> Ledger:
        """What it was counted from. Raises LookupError where it was put together from kept parts."""
        if self._told_by is None:
            raise LookupError
        return self._told_by

    @cached_property
    def track(self) -> Track:
        """The pull order."""
        return track_of(self.config)

    @cached_property
    def deals(self) -> dict[str, Deal]:
        """Card id → its row."""
        return deals_of(self.ledger)

    @cached_property
    def slips(self) -> dict[str, Slip]:
        """Card id → how far its close date was put off."""
        return slips_of(self.ledger)

    @cached_property
    def blocks(self) -> dict[str, tuple[BlockSpell, ...]]:
        """Card id → its blocks."""
        return blocks_of(self.ledger)

    @cached_property
    def comings(self) -> Comings:
        """Of the stock."""
        return comings_of(self.ledger.journeys.values())

    @cached_property
    def changes(self) -> Changes:
        """Of the age of the work in progress."""
        return changes_of(self.ledger.journeys.values(), self.track)

    @cached_property
    def visits(self) -> Visits:
        """Of the time in columns."""
        return visits_of(self.ledger.journeys.values(), count=self.count)

    @cached_property
    def leavings(self) -> Leavings:
        """Of the pace."""
        return leavings_of(self.ledger.journeys.values(), self.track, count=self.count)

    @cached_property
    def crossings(self) -> Crossings:
        """Of conversion."""
        return crossings_of(self.ledger.passages)

    @cached_property
    def decided(self) -> dict[str, list[tuple[int, bool, int]]]:
        """Of conversion: column → the days on which cards were decided, whether they went on, how many."""
        return decided_by_column(self.crossings)

    @cached_property
    def reached(self) -> Reached:
        """Of conversion too: the cards credited with each column."""
        return arrivals_of(self.ledger.passages)

    @cached_property
    def suspicions(self) -> tuple[Suspicion, ...]:
        """All suspicious commits."""
        return suspicions_of(self.ledger)

    def settled(self) -> Tally:
        """The same with all parts worked out, from where on what it was counted from is let go, part by part."""
        for name in ROWS:
            getattr(self, name)
        if self._told_by is not None:
            self._told_by = replace(self._told_by, cards={}, closing={}, versions={})
        for name in (*COUNTS, "suspicions"):
            getattr(self, name)
        self._told_by = None
        return self

    def folded(self, before: Tally, after: Tally, new: tuple[Suspicion, ...]) -> Tally:
        """This tally with some cards as `after` has them, where it had them as `before` has them.

        `new` are the suspicious ones among the commits that made the difference.
        """
        parts: dict[str, Any] = {"suspicions": in_order((*self.suspicions, *new))}
        for name in ROWS:
            rows = {card: row for card, row in getattr(self, name).items() if card not in before.deals}
            parts[name] = rows | getattr(after, name)
        for name in COUNTS:
            parts[name] = _exchanged(getattr(self, name), getattr(before, name), getattr(after, name))
        return Tally(
            self.config,
            self.as_of,
            self.limits,
            head=after.head,
            first=min((day for day in (self.first, after.first) if day is not None), default=None),
            clamped=self.clamped - before.clamped + after.clamped,
            restricted=self.restricted,
            count=self.count,
            parts=parts,
        )


def joined(halves: Iterable[Tally], suspicions: tuple[Suspicion, ...], limits: LimitHistory) -> Tally:
    """The tally of all cards, from those of some each, what is suspicious among all commits, and the limits."""
    first, *others = halves
    parts: dict[str, Any] = {"suspicions": suspicions}
    for name in ROWS:
        parts[name] = dict(chain.from_iterable(getattr(one, name).items() for one in (first, *others)))
    for name in COUNTS:
        counts: Counter[Any] = getattr(first, name).copy()
        for one in others:
            counts.update(getattr(one, name))
        parts[name] = counts
    days = [one.first for one in (first, *others) if one.first is not None]
    clamped = sum(one.clamped for one in (first, *others))
    return Tally(
        first.config,
        first.as_of,
        limits,
        head=first.head,
        first=min(days, default=None),
        clamped=clamped,
        parts=parts,
    )


def _exchanged(counts: Counter[Any], less: Mapping[Any, int], more: Mapping[Any, int]) -> Counter[Any]:
    """Counts less some and with others; what is not there any more has no count."""
    found = counts.copy()
    for key in less.keys() | more.keys():
        count = found[key] + more.get(key, 0) - less.get(key, 0)
        if count:
            found[key] = count
        else:
            del found[key]
    return found


def tally_of(ledger: Ledger, count: DayCount = CALENDAR_DAYS) -> Tally:
    """The tally of a ledger, the same whenever it is asked for."""
    known = ledger.worked_out
    name = f"tally in {count.unit} days"
    if name not in known:
        known[name] = _counted(ledger, count)
    found: Tally = known[name]
    return found


def _counted(ledger: Ledger, count: DayCount) -> Tally:
    return Tally(
        ledger.config,
        ledger.as_of,
        ledger.limits,
        head=ledger.history.head,
        first=ledger.first,
        clamped=len(ledger.history.clamped),
        shallow=ledger.history.shallow,
        restricted=ledger.restricted,
        count=count,
        told_by=ledger,
    )
