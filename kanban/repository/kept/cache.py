"""Keeps a board's past between commands: a row of the index.

Whatever does not fit exactly (another version of this program, another layout) counts as absent.
"""

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from kanban.model.cards.layout import Layout
from kanban.model.history.history import Followed, Past, Stand
from kanban.repository.kept.index import Index
from kanban.repository.kept.packing import Packer, Unpacker, packed_entries, unpacked_entries

VERSION = 5
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
        self._row = hashlib.blake2b(which, digest_size=8).digest()
        self._index = Index(common_dir)

    def load(self) -> Past | None:
        """What was kept, or None."""
        data = self._index.get(_KIND, self._row)
        if data is None:
            return None
        try:
            return self._decoded(Unpacker(data))
        except (ValueError, KeyError, IndexError, TypeError, RecursionError):
            return None

    def store(self, past: Past) -> None:
        """Keep a past. One that cannot be kept, or not here, is no reason to fail."""
        packer = Packer()
        with suppress(OverflowError):
            self._encode(past, packer)
            self._index.keep(_KIND, {self._row: packer.data()})

    def _encode(self, past: Past, packer: Packer) -> None:
        stands = {card: None if stand is None else list(stand) for card, stand in past.contested.items()}
        rank = past.ranks[str(past.head)]
        claims, renamed, moved = past.followed
        followed = [list(map(list, claims)), sorted(renamed), moved]
        about = {"key": self._key, "head": past.head, "rank": rank, "contested": stands}
        packer.json({**about, "undoes": dict(past.undoes), "followed": followed, "imports": sorted(past.imports)})
        packer.ids(list(past.ranks))
        packer.numbers("I", past.ranks.values())
        packed_entries(past.entries, packer)

    def _decoded(self, unpacker: Unpacker) -> Past | None:
        about: dict[str, Any] = unpacker.json()
        if json.dumps(about["key"]) != json.dumps(self._key):
            return None
        contested = {card: None if stand is None else Stand(*stand) for card, stand in about["contested"].items()}
        ranks = _Ranks(about["head"], about["rank"], unpacker.ids_later(), unpacker.numbers("I"))
        claims, renamed, moved = about["followed"]
        followed = Followed(tuple((folder, key) for folder, key in claims), frozenset(renamed), moved)
        entries = tuple(unpacked_entries(unpacker))
        return Past(entries, about["head"], contested, ranks, about["undoes"], followed, frozenset(about["imports"]))


class _Ranks(Mapping[str, int]):
    """Ranks by commit id. The head's is at hand; the others are taken apart when first asked for."""

    def __init__(self, head: str, head_rank: int, ids: Any, ranks: Any) -> None:
        self._head, self._head_rank, self._ids, self._ranks = head, head_rank, ids, ranks

    @cached_property
    def _by_id(self) -> dict[str, int]:
        return dict(zip(self._ids(), self._ranks, strict=True))

    def __getitem__(self, commit: str) -> int:
        return self._head_rank if commit == self._head else self._by_id[commit]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._ranks)
