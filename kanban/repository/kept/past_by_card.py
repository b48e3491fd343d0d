"""The kept past once more, in rows of some cards each: who asks for a few cards does not fetch ten years.

A row about all says to which head they belong, where each begins and which cards an unusual commit touched. Every row
names the same digest, so that rows of two writers never count as one past. What is not there, or too much is asked of
it, is told by the whole past.
"""

from __future__ import annotations

import json
import os
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kanban.again.rows import blake2b
from kanban.repository.kept.packing import Columns, Packer, Unpacker, packed_entries

if TYPE_CHECKING:
    from typing import Protocol

    from kanban.model.history.entries import Entry
    from kanban.model.history.history import Past
    from kanban.repository.kept.index import Index

    class KnownPast(Protocol):
        """A whole past as it was kept."""

        @property
        def bare(self) -> Past:
            """It without entries."""

        @property
        def columns(self) -> Columns:
            """What its entries are made from."""

        @property
        def commits(self) -> Collection[str]:
            """The commits in which something happened."""

        def past(self) -> Past | None:
            """All of it."""

        def share(self, number: int, shares: int) -> Past | None:
            """That of every so many-th card."""

        def of(self, cards: Collection[str]) -> Past | None:
            """That of some cards."""


KIND = "history by card"
CARDS = 100
"""Cards to a row, neighbours by their ids: who asks for several mostly asks for neighbours."""
MOST = 6
"""Rows that are fetched one by one; of more the whole past is the cheaper one."""

AMISS = (ValueError, KeyError, IndexError, TypeError, RecursionError)
"""What goes wrong in taking apart what was not packed by us."""
Whole = Callable[[], "KnownPast | None"]


class Gone(Exception):
    """Another past was kept since; all is to be read."""


class PastByCard:
    """A kept past of which some cards are asked for. `about` is the row about all, `bare` the past without entries."""

    def __init__(self, index: Index, row: bytes, about: Mapping[str, Any], bare: Past, whole: Whole) -> None:
        self._index, self._row, self._about, self._ask = index, row, about, whole
        self.bare = replace(bare, ranks=Ranks(str(bare.head), about["rank"], lambda: self._whole.bare.ranks))

    @cached_property
    def _whole(self) -> KnownPast:
        whole = self._ask()
        if whole is None or whole.bare.head != self.bare.head:
            raise Gone
        return whole

    @property
    def commits(self) -> Collection[str]:
        """The commits in which something happened."""
        return _Commits(self)

    def past(self) -> Past | None:
        """All of it; None where it turns out to be damaged."""
        return self._whole.past()

    def share(self, number: int, shares: int) -> Past | None:
        """As the whole past tells it."""
        return self._whole.share(number, shares)

    def of(self, cards: Collection[str]) -> Past | None:
        """The same with the entries of some cards, and of all that an unusual commit touches."""
        wanted = {*cards, *self._about["unusual"]}
        numbers = {max(0, bisect_right(self._about["first"], card) - 1) for card in wanted}
        if len(numbers) <= MOST:
            with suppress(*AMISS):
                return replace(self.bare, entries=tuple(sorted(self._entries(numbers, wanted))))
        return self._whole.of(cards)

    def _entries(self, numbers: Collection[int], wanted: Collection[str]) -> Iterator[Entry]:
        keys = [_key(self._row, number) for number in numbers]
        found = self._index.some(KIND, keys)
        for key in keys:
            unpacker = Unpacker(found[key])
            if bytes(unpacker.section()) != bytes.fromhex(self._about["digest"]):
                raise ValueError
            yield from Columns(unpacker).of(wanted)


class Ranks(Mapping[str, int]):
    """Ranks by commit id. The head's is at hand; the others are made when first asked for."""

    def __init__(self, head: str, rank: int, others: Callable[[], Mapping[str, int]]) -> None:
        self._head, self._rank, self._make = head, rank, others

    @cached_property
    def _others(self) -> Mapping[str, int]:
        return self._make()

    def __getitem__(self, commit: str) -> int:
        return self._rank if commit == self._head else self._others[commit]

    def __iter__(self) -> Iterator[str]:
        return iter(self._others)

    def __len__(self) -> int:
        return len(self._others)


class _Commits(Collection[str]):
    """The commits of the whole past, for who asks for them at all: where something was undone."""

    def __init__(self, past: PastByCard) -> None:
        self._past = past

    def __contains__(self, commit: object) -> bool:
        return commit in self._past._whole.commits

    def __iter__(self) -> Iterator[str]:
        return iter(self._past._whole.commits)

    def __len__(self) -> int:
        return len(self._past._whole.commits)


def keep(index: Index, row: bytes, about: Mapping[str, Any], known: KnownPast) -> None:
    """Keep a past card by card, beside the whole one; `about` is what is kept of it besides its entries."""
    past = known.past() if os.access(index.path, os.W_OK) else None
    if past is None:
        return
    by_card: dict[str, list[Entry]] = {}
    for entry in past.entries:
        by_card.setdefault(entry.card, []).append(entry)
    ids = sorted(by_card)
    told = {**about, "first": ids[::CARDS], "unusual": sorted(known.columns.unusual)}
    digest = blake2b(json.dumps(told).encode(), digest_size=16).digest()
    rows = {row: json.dumps({**told, "digest": digest.hex()}).encode()}
    for number, at in enumerate(range(0, len(ids), CARDS)):
        packer = Packer()
        packer.section(digest)
        packed_entries([entry for card in ids[at : at + CARDS] for entry in by_card[card]], packer)
        rows[_key(row, number)] = packer.data()
    index.keep(KIND, rows)


def _key(row: bytes, number: int) -> bytes:
    return row + number.to_bytes(4, "big")
