"""Objects of git's store, gathered into one pack that git takes in and checks: thousands cost it one process.

A tree that differs from another by a line is told as that difference. What the ids are follows from the contents alone.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator

from kanban.repository.git.command import GitCommand

_KINDS = {b"commit": 1, b"tree": 2, b"blob": 3}
_DIFFERENCE = 6
_LEVEL = 1
"""Of compression: git packs again when it tidies."""
_SMALL = 4096
_LONGEST_COPY = 1 << 16
_LONGEST_WORD = 127
_FEW = 100
"""Objects that git keeps one by one, as when it fetches: packs of a few each would pile up."""


class Pack:
    """Objects, each once; `algorithm` names objects as the repository does: sha1 or sha256."""

    def __init__(self, algorithm: str) -> None:
        self.algorithm = algorithm
        self.width = hashlib.new(algorithm, usedforsecurity=False).digest_size
        self._places: dict[bytes, int] = {}
        self._parts: list[bytes] = []
        self._end = 12

    def add(self, kind: bytes, content: bytes) -> bytes:
        """The id of an object, which is in the pack then."""
        name = self._name(kind, content)
        if name not in self._places:
            self._put(name, _KINDS[kind], len(content), b"", content)
        return name

    def add_changed(self, kind: bytes, content: bytes, before: bytes, difference: bytes) -> bytes:
        """The same for one that is told as its difference from another, which is in the pack."""
        name = self._name(kind, content)
        if name not in self._places:
            back = _back(self._end - self._places[before])
            self._put(name, _DIFFERENCE, len(difference), back, difference)
        return name

    def __contains__(self, name: bytes) -> bool:
        return name in self._places

    def give(self, git: GitCommand) -> None:
        """Bring all objects into a repository. Raises KanbanError when git says no."""
        if not self._places:
            return
        take = ("unpack-objects", "-q") if len(self._places) < _FEW else ("index-pack", "--stdin")
        git.run(*take, stdin=b"".join(self._told()))

    def _told(self) -> Iterator[bytes]:
        parts = [b"PACK" + (2).to_bytes(4, "big") + len(self._places).to_bytes(4, "big"), *self._parts]
        check = hashlib.new(self.algorithm, usedforsecurity=False)
        for part in parts:
            check.update(part)
            yield part
        yield check.digest()

    def _name(self, kind: bytes, content: bytes) -> bytes:
        found = hashlib.new(self.algorithm, b"%b %d\0" % (kind, len(content)), usedforsecurity=False)
        found.update(content)
        return found.digest()

    def _put(self, name: bytes, kind: int, size: int, about: bytes, content: bytes) -> None:
        self._places[name] = self._end
        part = _head(kind, size) + about + _compressed(content)
        self._parts.append(part)
        self._end += len(part)


def _compressed(content: bytes) -> bytes:
    """The content packed, with a small memory for a small one: to clear a large one takes ten times as long."""
    if len(content) > _SMALL:
        return zlib.compress(content, _LEVEL)
    packer = zlib.compressobj(_LEVEL, wbits=12, memLevel=5)
    return packer.compress(content) + packer.flush()


def _head(kind: int, size: int) -> bytes:
    """Kind and unpacked size: four bits of it in the first byte, seven in each that follows."""
    byte, size = kind << 4 | size & 15, size >> 4
    found = bytearray()
    while size:
        found.append(byte | 128)
        byte, size = size & 127, size >> 7
    found.append(byte)
    return bytes(found)


def _back(distance: int) -> bytes:
    """How far back in the pack the other object begins, the highest bits first."""
    found = [distance & 127]
    while distance := distance >> 7:
        distance -= 1
        found.append(128 | distance & 127)
    return bytes(reversed(found))


class Difference:
    """What makes one content of another: pieces of it, and words of its own, in order."""

    def __init__(self, old: int, new: int) -> None:
        self._told = bytearray(_varying(old) + _varying(new))

    def copy(self, start: int, end: int) -> None:
        """What stands there in the other content."""
        while start < end:
            size = min(end - start, _LONGEST_COPY)
            word, code = bytearray(), 128
            for bit in range(4):
                if byte := start >> 8 * bit & 255:
                    word.append(byte)
                    code |= 1 << bit
            if size < _LONGEST_COPY:  # no size means so many
                for bit in range(2):
                    if byte := size >> 8 * bit & 255:
                        word.append(byte)
                        code |= 16 << bit
            self._told.append(code)
            self._told += word
            start += size

    def insert(self, content: bytes) -> None:
        """Words of its own."""
        for at in range(0, len(content), _LONGEST_WORD):
            word = content[at : at + _LONGEST_WORD]
            self._told.append(len(word))
            self._told += word

    def __bytes__(self) -> bytes:
        return bytes(self._told)


def _varying(size: int) -> bytes:
    found = bytearray()
    while size > 127:
        found.append(size & 127 | 128)
        size >>= 7
    found.append(size)
    return bytes(found)
