"""Keeps a board's past between commands: a row of the index.

Whatever does not fit exactly (another version of this program, another layout) counts as absent.
"""

import json
import sys
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from kanban.again.rows import blake2b
from kanban.model.cards.layout import Layout
from kanban.model.history.history import Followed, Past, Stand
from kanban.repository.kept import past_by_card
from kanban.repository.kept.index import Index
from kanban.repository.kept.packing import Columns, Packer, Unpacker, packed_entries
from kanban.repository.kept.past_by_card import AMISS, PastByCard, Ranks

VERSION = 7
"""Grows with every change of the row's form or of what events mean."""

_KIND = "history"


class Cache:
    """The kept past of one board (`prefix`) read in one way (`first_parent`), for one layout and set of renames."""

    def __init__(
        self, common_dir: Path, prefix: str, layout: Layout, renames: Mapping[str, str], first_parent: bool
    ) -> None:
        self._key = {
            "version": VERSION,
            "byteorder": sys.byteorder,
            "prefix": prefix,
            "first_parent": first_parent,
            "folders": [list(pair) for pair in layout.folders],
            "renames": sorted(renames.items()),
        }
        which = json.dumps([prefix, first_parent]).encode()
        self._row = blake2b(which, digest_size=8).digest()
        self._index = Index(common_dir)

    def load(self) -> Past | None:
        """What was kept, or None."""
        known = self.look()
        return known and known.past()

    def look(self) -> "KnownPast | None":
        """What was kept, its entries not made yet, or None."""
        return self.taken_apart(self._index.get(_KIND, self._row) or b"")

    def is_there(self) -> bool:
        """Whether a past of this board is kept, whatever it is."""
        return self._index.has(_KIND, self._row)

    def store(self, past: Past) -> None:
        """Keep a past. One that cannot be kept, or not here, is no reason to fail."""
        self.store_packed(self.packed(past))

    def packed(self, past: Past) -> bytes:
        """A past as it is kept; nothing where it cannot be."""
        packer = Packer()
        with suppress(OverflowError):
            self._encode(past, packer)
            return packer.data()
        return b""

    def store_packed(self, data: bytes) -> None:
        """Keep a past that was packed already."""
        if data:
            self._index.keep(_KIND, {self._row: data})

    def taken_apart(self, data: bytes) -> "KnownPast | None":
        """What was packed; None for what was not, or not by this program for this board."""
        try:
            return self._decoded(Unpacker(data)) if data else None
        except AMISS:
            return None

    def _about(self, past: Past) -> dict[str, Any]:
        """What is kept of a past besides its entries and ranks."""
        stands = {card: None if stand is None else list(stand) for card, stand in past.contested.items()}
        rank = past.ranks[str(past.head)]
        claims, renamed, moved = past.followed
        followed = [list(map(list, claims)), sorted(renamed), moved]
        about = {"key": self._key, "head": past.head, "rank": rank, "contested": stands}
        told = {"undoes": dict(past.undoes), "followed": followed, "imports": sorted(past.imports)}
        return {**about, **told, "settings": past.settings}

    def _encode(self, past: Past, packer: Packer) -> None:
        packer.json(self._about(past))
        packer.ids(list(past.ranks))
        packer.numbers("I", past.ranks.values())
        packed_entries(past.entries, packer)

    def _decoded(self, unpacker: Unpacker) -> "KnownPast | None":
        about: dict[str, Any] = unpacker.json()
        if not self._is_about_it(about):
            return None
        ids, numbers = unpacker.ids(), unpacker.column("I")
        ranks = Ranks(about["head"], about["rank"], lambda: dict(zip(ids, numbers, strict=True)))
        return KnownPast(_bare(about, ranks), Columns(unpacker))

    def _is_about_it(self, about: Mapping[str, Any]) -> bool:
        return json.dumps(about["key"]) == json.dumps(self._key)

    def look_by_card(self) -> PastByCard | None:
        """What was kept for who asks for a few cards, or None; it may belong to another head than the whole."""
        data = self._index.get(past_by_card.KIND, self._row)
        with suppress(*AMISS):
            about = json.loads(data) if data else None
            if about and self._is_about_it(about):
                return PastByCard(self._index, self._row, about, _bare(about, {}), self.look)
        return None

    def keep_by_card(self, known: "KnownPast") -> None:
        """Keep what is known for who asks for a few cards."""
        with suppress(*AMISS):
            past_by_card.keep(self._index, self._row, self._about(known.bare), known)


def _bare(about: Mapping[str, Any], ranks: Mapping[str, int]) -> Past:
    """A past without its entries."""
    contested = {card: None if stand is None else Stand(*stand) for card, stand in about["contested"].items()}
    claims, renamed, moved = about["followed"]
    followed = Followed(tuple((folder, key) for folder, key in claims), frozenset(renamed), moved)
    settings = about["settings"] and tuple((time, blob) for time, blob in about["settings"])
    return Past((), about["head"], contested, ranks, about["undoes"], followed, frozenset(about["imports"]), settings)


class KnownPast(NamedTuple):
    """A past as it was kept: without entries, and the columns from which they are made."""

    bare: Past
    columns: Columns

    @property
    def commits(self) -> Collection[str]:
        """The commits in which something happened."""
        return self.columns.commits

    def past(self) -> Past | None:
        """All of it; None where it turns out to be damaged."""
        with suppress(*AMISS):
            return replace(self.bare, entries=self.columns.entries())
        return None

    def share(self, number: int, shares: int) -> Past | None:
        """The same with the entries of every so many-th card, from the one of that number on."""
        with suppress(*AMISS):
            return replace(self.bare, entries=self.columns.entries(number, shares))
        return None

    def of(self, cards: Collection[str]) -> Past | None:
        """The same with the entries of some cards, and of all that an unusual commit touches (see `Columns.of`)."""
        with suppress(*AMISS):
            return replace(self.bare, entries=self.columns.of(cards))
        return None
