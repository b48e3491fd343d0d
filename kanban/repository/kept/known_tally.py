"""Keeps a board's tally as of one day in the index, so that one more commit is added to it and nothing counted again.

A row holds for one board under one `board.yml`, set of former names and day, at the head that it names. Whatever does
not fit exactly counts as absent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path
from typing import Any

from kanban import __version__
from kanban.again.rows import digest_of
from kanban.metrics.base.limits import LimitHistory
from kanban.metrics.cards.deals import Deal, Standing
from kanban.metrics.cards.slip import Slip
from kanban.metrics.flow.blocked import BlockSpell
from kanban.metrics.suspicion import Suspicion
from kanban.metrics.tally import Tally
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.typed.values import Money
from kanban.repository.kept.index import Index
from kanban.repository.kept.packing import Packer, Unpacker

VERSION = 1
"""Grows with every change of the row's form or of what the parts mean."""
MOST = 4
"""Boards, configurations and days whose tallies are kept: the last."""

_KIND = "tally"
_AMISS = (ValueError, KeyError, IndexError, TypeError, OverflowError, InvalidOperation)
"""What goes wrong in taking apart what was not packed by us."""


class KnownTally:
    """The kept tally of one board as of a day. `told` are the words on which it depends besides."""

    def __init__(self, common_dir: Path, config: BoardConfig, as_of: date, *told: str | bytes) -> None:
        self._config, self._as_of = config, as_of
        self._index = Index(common_dir)
        self.key = digest_of(__version__, str(VERSION), as_of.isoformat(), *told)

    def load(self) -> Tally | None:
        """What was kept, or None."""
        return taken_apart(self._index.get(_KIND, self.key) or b"", self._config, self._as_of)

    def keep(self, tally: Tally) -> None:
        """Keep a tally of this board and day. One that cannot be kept, or not here, is no reason to fail."""
        data = packed(tally)
        if data:
            self._index.keep(_KIND, {self.key: data}, MOST)


def packed(tally: Tally) -> bytes:
    """A tally as it is kept; nothing where it cannot be."""
    packer = Packer()
    with suppress(OverflowError):
        _pack(tally, packer)
        return packer.data()
    return b""


def taken_apart(data: bytes, config: BoardConfig, as_of: date) -> Tally | None:
    """What was packed, of a board and a day; None for what was not."""
    if data:
        with suppress(*_AMISS):
            return _unpacked(Unpacker(data), config, as_of)
    return None


def _unpacked(unpacker: Unpacker, config: BoardConfig, as_of: date) -> Tally:
    about = unpacker.json()
    limits = LimitHistory(tuple((date.fromordinal(day), limits) for day, limits in about["limits"]))
    parts = {
        "suspicions": tuple(_suspicion(*one) for one in about["suspicions"]),
        "slips": {card: _slip(card, *told) for card, told in about["slips"].items()},
        "blocks": {card: tuple(_spell(card, *one) for one in told) for card, told in about["blocks"].items()},
        "deals": _deals(unpacker, about["now"]),
    }
    for name, kinds in _COUNTS.items():
        parts[name] = _counts(unpacker, kinds)
    return Tally(
        config,
        as_of,
        limits,
        head=about["head"],
        first=_day(about["first"]),
        clamped=about["clamped"],
        parts=parts,
    )


_COUNTS = {"comings": "ti", "changes": "ib", "visits": "tii", "leavings": "tii", "crossings": "titi", "reached": "tib"}
"""The parts that count what is alike, and the columns of what they count: texts, days and numbers, yes or no."""


def _pack(tally: Tally, packer: Packer) -> None:
    deals = list(tally.deals.values())
    packer.json(
        {
            "head": tally.head,
            "first": _number(tally.first),
            "clamped": tally.clamped,
            "limits": [[day.toordinal(), dict(limits)] for day, limits in tally.limits.versions],
            "suspicions": [
                [one.kind, one.commit, _number(one.day), one.author, list(one.cards)] for one in tally.suspicions
            ],
            "slips": {
                card: [_number(one.first), _number(one.current), one.pushes, one.delays, one.pull_ins, one.flagged]
                for card, one in tally.slips.items()
            },
            "blocks": {
                card: [[one.cause, _number(one.since), _number(one.until), one.days, one.ended] for one in spells]
                for card, spells in tally.blocks.items()
            },
            "now": [_told(deal.now) for deal in deals if deal.now is not None],
        }
    )
    packer.table("I", [deal.card for deal in deals])
    for name in ("outcome", "column", "owner", "source", "service_class", "lost_reason", "origin"):
        packer.table("I", [getattr(deal, name) for deal in deals])
    packer.table("I", [_priced(deal.amount) for deal in deals])
    for name in ("created", "started", "ended"):
        packer.numbers("i", [_number(getattr(deal, name)) for deal in deals])
    packer.numbers("B", [deal.imported + 2 * (deal.now is not None) for deal in deals])
    for name, kinds in _COUNTS.items():
        counts: Counter[Any] = getattr(tally, name)
        for place, kind in enumerate(kinds):
            column = [key[place] for key in counts]
            if kind == "t":
                packer.table("H", column)
            else:
                packer.numbers("i", column)
        packer.numbers("q", counts.values())


def _deals(unpacker: Unpacker, standing: Sequence[Sequence[Any]]) -> dict[str, Deal]:
    cards, outcomes, columns, owners, sources, classes, reasons, origins = (_texts(unpacker) for _part in range(8))
    texts, places = unpacker.texts("I")
    money = [None if text is None else _money(text) for text in texts]
    created, started, ended = (map(_day, unpacker.numbers("i")) for _part in range(3))
    marks = unpacker.numbers("B")
    now = iter(standing)
    rows = zip(
        cards,
        outcomes,
        columns,
        created,
        started,
        ended,
        [bool(mark & 1) for mark in marks],
        owners,
        sources,
        classes,
        map(money.__getitem__, places),
        reasons,
        origins,
        [_standing(*next(now)) if mark & 2 else None for mark in marks],
        strict=True,
    )
    make: Callable[[tuple[Any, ...]], Deal] = partial(tuple.__new__, Deal)
    return {row[0]: make(row) for row in rows}


def _counts(unpacker: Unpacker, kinds: str) -> Counter[Any]:
    columns: list[Iterable[Any]] = []
    for kind in kinds:
        if kind == "t":
            columns.append(_texts(unpacker, "H"))
        else:
            numbers = unpacker.numbers("i")
            columns.append(map(bool, numbers) if kind == "b" else numbers)
    found = Counter[Any]()
    dict.update(found, zip(zip(*columns, strict=True), unpacker.numbers("q"), strict=True))
    return found


def _texts(unpacker: Unpacker, kind: str = "I") -> Iterable[Any]:
    texts, places = unpacker.texts(kind)
    return map(texts.__getitem__, places)


def _told(now: Standing) -> list[Any]:
    probability = None if now.probability is None else str(now.probability)
    days = (_number(day) for day in (now.since, now.acted, now.close_date, now.due))
    return [*days, probability, now.planned]


def _standing(since: int, acted: int, close: int, due: int, probability: str | None, planned: bool) -> Standing:
    share = None if probability is None else Decimal(probability)
    return Standing(date.fromordinal(since), date.fromordinal(acted), share, _day(close), planned, _day(due))


def _slip(card: str, first: int, current: int, pushes: int, delays: int, pull_ins: int, flagged: bool) -> Slip:
    return Slip(card, date.fromordinal(first), _day(current), pushes, delays, pull_ins, flagged)


def _spell(card: str, cause: str, since: int, until: int, days: int, ended: bool) -> BlockSpell:
    return BlockSpell(card, cause, date.fromordinal(since), date.fromordinal(until), days, ended)


def _suspicion(kind: str, commit: str, day: int, author: str, cards: list[str]) -> Suspicion:
    return Suspicion(kind, commit, date.fromordinal(day), author, tuple(cards))


def _priced(money: Money | None) -> str | None:
    return None if money is None else f"{money.amount} {money.currency}"


def _money(text: str) -> Money:
    amount, _space, currency = text.partition(" ")
    return Money(Decimal(amount), currency)


def _day(number: int) -> date | None:
    return date.fromordinal(number) if number else None


def _number(day: date | None) -> int:
    return 0 if day is None else day.toordinal()
