"""Entries as compact columns: tables of names, arrays of numbers, ids as bytes. Made to be loaded quickly."""

import json
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
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
        values = array(kind)
        values.frombytes(self.section())
        return values.tolist()

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

    def id_table(self) -> Iterator[str]:
        """Object ids from their table."""
        ids = self.ids()
        return map(ids.__getitem__, self.numbers("I"))

    def table(self, kind: str) -> Iterator[str | None]:
        """Texts from their table."""
        texts: list[str | None] = self.json()
        return map(texts.__getitem__, self.numbers(kind))


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


def unpacked_entries(unpacker: Unpacker) -> Iterator[Entry]:
    """Read the columns back as entries."""
    at, rank = unpacker.numbers("q"), unpacker.numbers("d")
    commit, card = unpacker.id_table(), unpacker.table("I")
    kind = map(_KINDS.__getitem__, unpacker.numbers("B"))
    before, after = unpacker.table("H"), unpacker.table("H")
    authored, committed = unpacker.numbers("q"), unpacker.numbers("q")
    author, path = unpacker.table("I"), unpacker.table("I")
    blobs = unpacker.ids()
    if blobs:
        nothing = "0" * len(blobs[0])
        blobs = ["" if blob == nothing else blob for blob in blobs]
    edited = map(bool, unpacker.numbers("B"))
    columns = zip(
        at, rank, commit, card, kind, before, after, authored, committed, author, path, blobs, edited, strict=True
    )
    return map(partial(tuple.__new__, Entry), columns)
