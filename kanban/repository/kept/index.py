"""The index: one SQLite file under the git folder for all that was worked out once from a repository.

Everything in it is keyed by what it was made from (a blob's content, a commit, a digest of the settings), so that an
amend, a rebase, a force-push or another `board.yml` makes no row wrong: such rows are not asked for any more. Every
row carries a checksum, and a file that is no index, or another program's, is put away and begun anew. Nothing in it is
needed: where it cannot be read, written or waited for, the answer is worked out again. Deleting it is always safe.
"""

from __future__ import annotations

import atexit
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple
from weakref import WeakSet

try:
    import sqlite3

    _TROUBLES: tuple[type[Exception], ...] = (sqlite3.Error, OSError)
except ImportError:  # a Python built without it keeps nothing
    _TROUBLES = (NameError, OSError)

from kanban.again.rows import FOLDER, NAME, VERSION, checksum, git_folders_above, is_ours

PATIENCE = 1.0
"""Seconds to wait for another writer; then nothing is kept this time."""
_ASKED_AT_ONCE = 500

_TABLES = (
    "CREATE TABLE IF NOT EXISTS rows (kind TEXT, key BLOB, body BLOB, sum BLOB, PRIMARY KEY (kind, key))",
    f"PRAGMA user_version = {VERSION}",
)
_SETTINGS = ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = OFF")
"""What is lost when the power fails is worked out again, so nobody waits for the disk."""


class Folders(NamedTuple):
    """The git folder of a working tree, and the one that linked working trees share."""

    git_dir: Path
    common_dir: Path

    @property
    def ours(self) -> bool:
        """Whether what is kept there was written by the user: git does not trust another one's repository either."""
        return is_ours(str(self.common_dir))


def folders_above(start: Path) -> Folders | None:
    """The git folders of the working tree around `start` (absolute); None when there is none, or only git can tell."""
    found = git_folders_above(str(start))
    return None if found is None else Folders(Path(found[0]), Path(found[1]))


class Row(NamedTuple):
    """What is kept under a key."""

    key: bytes
    body: bytes


_OPEN: WeakSet[Index] = WeakSet()


@atexit.register
def _close() -> None:
    """Close what is open: the last to close an index leaves one file, and not what was written beside it."""
    for index in tuple(_OPEN):
        index.close()


class Index:
    """The index of the repository whose git folder, shared by linked working trees, is `common_dir`."""

    def __init__(self, common_dir: Path) -> None:
        self.path = common_dir / FOLDER / NAME

    def get(self, kind: str, key: bytes) -> bytes | None:
        """The body of one row; None when there is none, or none that can be trusted."""
        return self.some(kind, (key,)).get(key)

    def some(self, kind: str, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """The bodies of those of these rows that there are, by key."""
        wanted = list(keys)
        found: dict[bytes, bytes] = {}
        for at in range(0, len(wanted), _ASKED_AT_ONCE):
            part = wanted[at : at + _ASKED_AT_ONCE]
            marks = ",".join("?" * len(part))
            asked = f"SELECT key, body, sum FROM rows WHERE kind = ? AND key IN ({marks})"  # noqa: S608 - question marks
            found |= self._trusted(kind, self._ask(asked, (kind, *part)))
        return found

    def all(self, kind: str) -> dict[bytes, bytes]:
        """The bodies of all rows of a kind, in the order in which they were kept."""
        asked = "SELECT key, body, sum FROM rows WHERE kind = ? ORDER BY rowid"
        return dict(self._trusted(kind, self._ask(asked, (kind,))))

    def count(self, kind: str) -> int:
        """How many rows of a kind there are."""
        rows = self._ask("SELECT count(*) FROM rows WHERE kind = ?", (kind,))
        return int(rows[0][0]) if rows else 0

    def has(self, kind: str, key: bytes) -> bool:
        """Whether there is such a row, trusted or not."""
        return bool(self._ask("SELECT 1 FROM rows WHERE kind = ? AND key = ?", (kind, key)))

    def keep(self, kind: str, rows: Mapping[bytes, bytes], most: int | None = None) -> None:
        """Keep rows, in place of those under the same keys. With `most`, the oldest of the kind go when there are more.

        What cannot be kept, or not here, is no reason to fail.
        """
        told = [(kind, key, body, checksum(kind, key, body)) for key, body in rows.items()]
        with suppress(*_TROUBLES), self._writing as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT OR REPLACE INTO rows VALUES (?, ?, ?, ?)", told)
            if most is not None:
                oldest = "SELECT rowid FROM rows WHERE kind = ? ORDER BY rowid DESC LIMIT -1 OFFSET ?"
                connection.execute(f"DELETE FROM rows WHERE rowid IN ({oldest})", (kind, most))  # noqa: S608 - constants
            connection.execute("COMMIT")

    def forget(self, kind: str) -> None:
        """Drop all rows of a kind."""
        with suppress(*_TROUBLES), self._writing as connection:
            connection.execute("DELETE FROM rows WHERE kind = ?", (kind,))

    def _ask(self, question: str, arguments: Sequence[Any]) -> list[tuple[Any, ...]]:
        if self._reading is None:
            return []
        with suppress(*_TROUBLES):
            return self._reading.execute(question, arguments).fetchall()
        return []

    @cached_property
    def _reading(self) -> sqlite3.Connection | None:
        """A connection to an index of this program that is there already."""
        if not self.path.exists():
            return None
        connection = None
        with suppress(*_TROUBLES):
            connection = self._opened()
            if connection.execute("PRAGMA user_version").fetchone()[0] == VERSION:
                return connection
        if connection is not None:
            connection.close()
        return None

    @cached_property
    def _writing(self) -> sqlite3.Connection:
        """A connection to write by; a file that is no index of this program is put away first.

        Where there was none when this was asked, it is looked for again: somebody may have begun it since.
        """
        if self._reading is not None:
            return self._reading
        del self._reading
        if self._reading is not None:
            return self._reading
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.put_away()
        connection = self._opened()
        for command in (*_SETTINGS, *_TABLES):
            connection.execute(command)
        self.__dict__["_reading"] = connection
        return connection

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
        _OPEN.add(self)
        for command in _SETTINGS[1:]:
            connection.execute(command)
        return connection

    def close(self) -> None:
        """Let go of the file; whoever asks again opens it again."""
        connection = self.__dict__.pop("_reading", None)
        self.__dict__.pop("_writing", None)
        if connection is not None:
            with suppress(*_TROUBLES):  # another thread's is left to the collector
                connection.close()

    __del__ = close  # a connection and its statements hold each other: nobody would end it before cycles are looked for

    def put_away(self) -> None:
        """Remove the file, what SQLite keeps beside it, and the files in which earlier versions kept what is in it."""
        for file in (self.path, *self.path.parent.glob(f"{NAME}-*"), *self.path.parent.glob("*.cache")):
            with suppress(OSError):
                file.unlink()

    def _trusted(self, kind: str, rows: Iterable[tuple[Any, ...]]) -> Iterator[Row]:
        for key, body, told in rows:
            if isinstance(body, bytes) and told == checksum(kind, key, body):
                yield Row(key, body)
