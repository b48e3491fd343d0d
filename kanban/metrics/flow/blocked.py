"""Blocked days: for how long cards could not move, by cause, from the versions of their files.

A block runs from the day written in it (`blocked_since`), else from the day it was written down, to the day on which
the label was taken off, the card was closed, or the as-of day, as a difference of dates. Only days in open columns
in which the team itself works (`active`) count, and overlapping blocks of a card count once.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain

from kanban.metrics.base.journeys import Journey
from kanban.metrics.base.ledger import Ledger
from kanban.metrics.base.window import Window
from kanban.values import dataclass


@dataclass(frozen=True, slots=True)
class BlockSpell:
    """One block of one card, from the day `since` up to but not with `until` (the as-of day while it goes on)."""

    card: str
    cause: str
    since: date
    until: date
    days: int
    ended: bool


@dataclass(frozen=True, slots=True)
class Blocker:
    """One cause: how many blocks, how many days, which cards. `cause` is "" where none was written."""

    cause: str
    count: int
    days: int
    cards: tuple[str, ...]


def block_spells(found: Mapping[str, Iterable[BlockSpell]]) -> tuple[BlockSpell, ...]:
    """The blocks of all cards, oldest first."""
    return tuple(sorted(chain.from_iterable(found.values()), key=lambda spell: (spell.since, spell.card)))


def blocks_of(ledger: Ledger) -> dict[str, tuple[BlockSpell, ...]]:
    """Card id → its blocks in order, for the cards of the ledger that had one."""
    found = ((card, tuple(_spells(journey, ledger))) for card, journey in ledger.journeys.items())
    return {card: spells for card, spells in found if spells}


def blockers(spells: tuple[BlockSpell, ...], window: Window) -> tuple[Blocker, ...]:
    """Causes of the blocks that were in force on a day of the window, the most days first; case does not matter."""
    groups: dict[str, list[BlockSpell]] = {}
    for spell in spells:
        if spell.since <= window.until and (window.since is None or spell.until >= window.since):
            groups.setdefault(spell.cause.strip().casefold(), []).append(spell)
    found = [
        Blocker(group[0].cause.strip(), len(group), sum(one.days for one in group), _cards(group))
        for group in groups.values()
    ]
    return tuple(sorted(found, key=lambda one: (-one.days, -one.count, one.cause)))


def _cards(group: list[BlockSpell]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(spell.card for spell in group))


def _spells(journey: Journey, ledger: Ledger) -> Iterator[BlockSpell]:
    """The blocks of one card, each cut where the one before ended."""
    free_from = date.min
    for cause, since, until, ended in _labels(journey, ledger):
        begin = max(since, journey.created, free_from)
        finish = min(until, journey.ended or ledger.as_of)
        if finish < begin:
            continue
        days = _active_days(journey, ledger, begin, finish)
        yield BlockSpell(journey.card, cause, begin, finish, days, ended or journey.ended is not None)
        free_from = finish


def _labels(journey: Journey, ledger: Ledger) -> Iterator[tuple[str, date, date, bool]]:
    """Cause, first day, last day, and whether it was taken off, of each label as it was written and removed."""
    if not ledger.may_have(journey.card, "blocked_"):
        return
    current: tuple[str, date] | None = None
    for event, card in ledger.versions_of(journey.card, "blocked_"):
        block = card.block if card is not None else None
        day = event.at.date()
        if block is None:
            if current is not None:
                yield current[0], current[1], day, True
            current = None
        elif current is None:
            current = block.cause, min(block.since or day, day)
        elif block.cause != current[0]:
            yield current[0], current[1], day, True
            current = block.cause, day
    if current is not None:
        yield current[0], current[1], ledger.as_of, False


def _active_days(journey: Journey, ledger: Ledger, since: date, until: date) -> int:
    active = {column.key for column in ledger.config.columns if column.is_open and column.active}
    total = 0
    for stay in journey.stays:
        if stay.column in active:
            overlap = min(until, stay.until or ledger.as_of) - max(since, stay.since)
            total += max(0, overlap.days)
    return total
