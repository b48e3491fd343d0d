"""Entries as compact columns: tables of names, arrays of numbers, ids as bytes. Made to be loaded quickly."""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from typing import Any, TypeVar

from kanban.model.history.entries import Entry

_KINDS = ("created", "moved", "edited", "removed")


class Packer:
    """Collects sections, each preceded by its length."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def data(self) -> bytes:
        """All sections."""
        return b"".join(self._parts)

    def section(self, data: bytes) -> None:
        """Some bytes."""
        self._parts += (len(data).to_bytes(8, "big"), data)

    def json(self, value: Any) -> None:
        """A JSON value."""
        self.section(json.dumps(value, separators=(",", ":")).encode())

    def numbers(self, kind: str, values: Iterable[float]) -> None:
        """Numbers of one `array` type."""
        self.section(array(kind, values).tobytes())

    def ids(self, ids: Sequence[str]) -> None:
        """Object ids of one width; `""` (no object) is kept as zeros."""
        width = max(map(len, ids), default=0)
        nothing = "0" * width
        self.section(width.to_bytes(2, "big") + bytes.fromhex("".join([one or nothing for one in ids])))

    def table(self, kind: str, values: Sequence[str | None]) -> None:
        """Texts of which many are equal: each once, then their numbers."""
        texts, places = _numbered(values)
        self.json(texts)
        self.numbers(kind, places)

    def id_table(self, ids: Sequence[str]) -> None:
        """Object ids of which many are equal."""
        different, places = _numbered(ids)
        self.ids(different)
        self.numbers("I", places)


T = TypeVar("T", str, str | None)


def _numbered(values: Sequence[T]) -> tuple[list[T], Iterable[int]]:
    """The different values, and for each value its place among them."""
    different = list(dict.fromkeys(values))
    places = dict(zip(different, range(len(different)), strict=True))
    return different, map(places.__getitem__, values)


class Unpacker:
    """Reads the sections of a `Packer` back, in the same order. Anything amiss raises an ordinary exception."""

    def __init__(self, data: bytes) -> None:
        self._data = memoryview(data)
        self._at = 0

    def section(self) -> memoryview:
        """The next section's bytes."""
        begin = self._at + 8
        size = int.from_bytes(self._data[self._at : begin], "big")
        self._at = begin + size
        if self._at > len(self._data):
            raise ValueError
        return self._data[begin : self._at]

    def json(self) -> Any:
        """A JSON value."""
        return json.loads(bytes(self.section()))

    def numbers(self, kind: str) -> list[Any]:
        """Numbers of one `array` type."""
        return self.column(kind).tolist()

    def ids(self) -> list[str]:
        """Object ids; zeros are `""`."""
        return self.ids_later()()

    def ids_later(self) -> Callable[[], list[str]]:
        """Object ids, taken apart only when called for."""
        section = self.section()

        def taken() -> list[str]:
            width, text = int.from_bytes(section[:2], "big"), section[2:].hex()
            return [text[at : at + width] for at in range(0, len(text), width)] if width else []

        return taken

    def column(self, kind: str) -> array[Any]:
        """Numbers of one `array` type, as they are kept."""
        values: array[Any] = array(kind)
        values.frombytes(self.section())
        return values

    def texts(self, kind: str) -> tuple[list[Any], array[Any]]:
        """Texts, and for each value its place among them."""
        return self.json(), self.column(kind)


def packed_entries(entries: Sequence[Entry], packer: Packer) -> None:
    """Write entries as columns."""
    columns = tuple(zip(*entries, strict=True)) or ((),) * len(Entry._fields)
    at, rank, commit, card, kind, before, after, authored, committed, author, path, blob, edited = columns
    packer.numbers("q", at)
    packer.numbers("d", rank)
    packer.id_table(commit)
    packer.table("I", card)
    packer.numbers("B", map(_KINDS.index, kind))
    packer.table("H", before)
    packer.table("H", after)
    packer.numbers("q", authored)
    packer.numbers("q", committed)
    packer.table("I", author)
    packer.table("I", path)
    packer.ids(blob)
    packer.numbers("B", edited)


class Columns:
    """The columns of entries as they are kept, from which entries are made: of all cards, or of some."""

    def __init__(self, unpacker: Unpacker) -> None:
        self._at, self._rank = unpacker.column("q"), unpacker.column("d")
        self.commits, self._commit = unpacker.ids(), unpacker.column("I")
        self._cards, self._card = unpacker.texts("I")
        self._kind = unpacker.column("B")
        self._columns = unpacker.texts("H"), unpacker.texts("H")
        self._authored, self._committed = unpacker.column("q"), unpacker.column("q")
        self._authors, self._paths = unpacker.texts("I"), unpacker.texts("I")
        self._blobs = unpacker.section()
        self._edited = unpacker.column("B")

    def entries(self) -> tuple[Entry, ...]:
        """All of them, in order."""
        (before, after), (authors, paths) = self._columns, (self._authors, self._paths)
        columns = zip(
            self._at,
            self._rank,
            map(self.commits.__getitem__, self._commit),
            map(self._cards.__getitem__, self._card),
            map(_KINDS.__getitem__, self._kind),
            *(map(texts.__getitem__, places) for texts, places in (before, after)),
            self._authored,
            self._committed,
            *(map(texts.__getitem__, places) for texts, places in (authors, paths)),
            self._ids(),
            map(bool, self._edited),
            strict=True,
        )
        return tuple(map(partial(tuple.__new__, Entry), columns))

    def of(self, cards: Collection[str], many: int) -> tuple[Entry, ...]:
        """Those of some cards, and of all cards that an unusual commit touches, in order.

        Unusual is one with `many` entries or more, or one dated after it was made, or before what had happened.
        """
        told = zip(self._at, self._authored, self._committed, self._commit, strict=True)
        unusual = {which for at, said, made, which in told if at != said or said > made}
        unusual |= {which for which, count in Counter(self._commit).items() if count >= many}
        wanted = {which for which, card in enumerate(self._cards) if card in cards}
        if unusual:
            wanted |= {card for card, which in zip(self._card, self._commit, strict=True) if which in unusual}
        places = [place for place, card in enumerate(self._card) if card in wanted]
        return tuple(map(self._entry, places))

    def _entry(self, place: int) -> Entry:
        before, after, author, path = (texts[at[place]] for texts, at in (*self._columns, self._authors, self._paths))
        return Entry(
            self._at[place],
            self._rank[place],
            self.commits[self._commit[place]],
            str(self._cards[self._card[place]]),
            _KINDS[self._kind[place]],
            before,
            after,
            self._authored[place],
            self._committed[place],
            author or "",
            path or "",
            self._id(place),
            bool(self._edited[place]),
        )

    def _ids(self) -> list[str]:
        width, text = int.from_bytes(self._blobs[:2], "big"), self._blobs[2:].hex()
        nothing = "0" * width
        found = [text[at : at + width] for at in range(0, len(text), width)] if width else []
        return ["" if one == nothing else one for one in found]

    def _id(self, place: int) -> str:
        size = int.from_bytes(self._blobs[:2], "big") // 2
        found = self._blobs[2 + place * size : 2 + (place + 1) * size].hex()
        return found if found.strip("0") else ""
