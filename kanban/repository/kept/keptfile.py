"""A file of derived data under the git folder: whole or absent, never trusted further than it proves itself.

It is written whole under another name and then put in place, so that it is always one writer's work, complete. It
begins with a checksum of all that follows; a torn or altered file counts as absent. Deleting it costs one slow read.
"""

import hashlib
import os
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_DIGEST = 16
_STALE = 3600
"""Seconds after which nobody can be writing a half-written file any more."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """The file at `path`; `magic` begins it and says what it holds."""

    path: Path
    magic: bytes

    @property
    def start(self) -> int:
        """Where the body begins in the bytes that `load` returns."""
        return len(self.magic) + _DIGEST

    def load(self) -> bytes | None:
        """The file's bytes, or None when there is no whole one."""
        try:
            data = self.path.read_bytes()
        except OSError:
            return None
        start, magic = self.start, len(self.magic)
        whole = data[:magic] == self.magic and _checksum(memoryview(data)[start:]) == data[magic:start]
        return data if whole else None

    def store(self, body: bytes) -> None:
        """Put a new body in place. A folder that cannot be written, or a full disk, is no reason to fail."""
        with suppress(OSError):
            self.path.parent.mkdir(exist_ok=True)
            self._remove_leftovers()
            self._put(self.magic + _checksum(body) + body)

    def _put(self, data: bytes) -> None:
        name = self.path.with_name(f"{self.path.stem}-{os.getpid()}-{os.urandom(4).hex()}.tmp")
        descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            os.replace(name, self.path)
        except BaseException:
            with suppress(OSError):
                os.unlink(name)
            raise

    def _remove_leftovers(self) -> None:
        """Files of writers that were killed."""
        for file in self.path.parent.glob(f"{self.path.stem}-*.tmp"):
            if time.time() - file.stat().st_mtime > _STALE:
                file.unlink()


def _checksum(data: bytes | memoryview) -> bytes:
    return hashlib.blake2b(data, digest_size=_DIGEST).digest()
