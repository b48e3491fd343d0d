"""Entries as compact columns: tables of names, arrays of numbers, ids as bytes. Made to be loaded quickly."""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from io import BytesIO
from itertools import compress
from operator import attrgetter
from typing import Any, TypeVar, overload

from kanban.model.history.entries import Entry

MANY = 5
"""Events from which on a commit is unusual: no more than whoever suspects one asks for."""
_KINDS = ("created", "moved", "edited", "removed")


class Packer:
    """Collects sections, each preceded by its length."""

    def __init__(self) -> None:
        self._data = BytesIO()

    def data(self) -> bytes:
        """All sections; they are not held twice for it."""
        return self._data.getvalue()

    def section(self, data: bytes) -> None:
        """Some bytes."""
        self._data.write(len(data).to_bytes(8, "big"))
        self._data.write(data)

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
    places: dict[T, Any] = dict.fromkeys(values)
    different = list(places)
    places.update(zip(different, range(len(different)), strict=True))
    return different, map(places.__getitem__, values)


class Ids(Sequence[str]):
    """Object ids of one width as they are kept: each is made a text when it is asked for."""

    def __init__(self, section: memoryview) -> None:
        self._size, self._bytes = int.from_bytes(section[:2], "big") // 2, section[2:]

    def __len__(self) -> int:
        return len(self._bytes) // self._size if self._size else 0

    def __iter__(self) -> Iterator[str]:
        width, text = self._size * 2, self._bytes.hex()
        nothing = "0" * width
        found = [text[at : at + width] for at in range(0, len(text), width)] if width else []
        return iter(["" if one == nothing else one for one in found])

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return list(self)[place]
        found = self._bytes[place * self._size : (place + 1) * self._size].hex()
        return found if found.strip("0") else ""


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

    def ids(self) -> Ids:
        """Object ids; zeros are `""`."""
        return Ids(self.section())

    def column(self, kind: str) -> array[Any]:
        """Numbers of one `array` type, as they are kept."""
        values: array[Any] = array(kind)
        values.frombytes(self.section())
        return values

    def texts(self, kind: str) -> tuple[list[Any], array[Any]]:
        """Texts, and for each value its place among them."""
        return self.json(), self.column(kind)


def packed_entries(entries: Sequence[Entry], packer: Packer) -> None:
    """Write entries as columns, one after the other: all of them at once are as large as what is packed."""

    def column(name: str) -> list[Any]:
        return list(map(attrgetter(name), entries))

    packer.numbers("q", column("at"))
    packer.numbers("d", column("rank"))
    packer.id_table(column("commit"))
    packer.table("I", column("card"))
    packer.numbers("B", map(_KINDS.index, column("kind")))
    packer.table("H", column("from_column"))
    packer.table("H", column("to_column"))
    packer.numbers("q", column("authored"))
    packer.numbers("q", column("committed"))
    packer.table("I", column("author"))
    packer.table("I", column("path"))
    packer.ids(column("blob"))
    packer.numbers("B", column("edited"))
    unusual = _unusual(entries)
    packer.json(sorted({entry.card for entry in entries if entry.commit in unusual}))


def _unusual(entries: Sequence[Entry]) -> set[str]:
    """The commits with `MANY` entries or more, or dated after they were made or before what had happened."""
    found = {one.commit for one in entries if one.at != one.authored or one.authored > one.committed}
    counts = Counter(map(attrgetter("commit"), entries))
    return found.union(which for which, count in counts.items() if count >= MANY)


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
        self._blobs = unpacker.ids()
        self._edited = unpacker.column("B")
        self.unusual = frozenset(unpacker.json())

    @property
    def cards(self) -> int:
        """Of how many cards they tell."""
        return len(self._cards)

    def entries(self, share: int = 0, shares: int = 1) -> tuple[Entry, ...]:
        """All of them, in order; or those of every so many-th card, `share` being the first one's number."""
        chosen = bytes(which % shares == share for which in range(len(self._cards)))
        rows = bytes(map(chosen.__getitem__, self._card))
        (before, after), (authors, paths) = self._columns, (self._authors, self._paths)
        tables = ((list(self.commits), self._commit), (self._cards, self._card), (_KINDS, self._kind), before, after)
        columns = (
            compress(self._at, rows),
            compress(self._rank, rows),
            *(map(texts.__getitem__, compress(places, rows)) for texts, places in tables),
            compress(self._authored, rows),
            compress(self._committed, rows),
            *(map(texts.__getitem__, compress(places, rows)) for texts, places in (authors, paths)),
            compress(self._blobs, rows),
            map(bool, compress(self._edited, rows)),
        )
        return tuple(map(partial(tuple.__new__, Entry), zip(*columns, strict=True)))

    def of(self, cards: Collection[str]) -> tuple[Entry, ...]:
        """Those of some cards, and of all cards that an unusual commit touches (see `MANY`), in order."""
        wanted = {which for which, card in enumerate(self._cards) if card in cards or card in self.unusual}
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
            self._blobs[place],
            bool(self._edited[place]),
        )
