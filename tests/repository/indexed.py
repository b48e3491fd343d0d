"""What the index of a repository holds, and ways to spoil it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from kanban.again.rows import NAME
from kanban.repository.kept.index import Index


def file_of(root: Path) -> Path:
    return root / ".git/kanban" / NAME


def rows(root: Path, kind: str) -> dict[bytes, bytes]:
    """The rows of one kind that can be trusted."""
    return Index(root / ".git").all(kind)


def body(root: Path, kind: str) -> bytes:
    """The body of the only row of a kind."""
    (found,) = rows(root, kind).values()
    return found


def spoil(root: Path, kind: str, change: Callable[[bytes], bytes]) -> None:
    """Change every body of a kind behind the back of the index: the checksums stay."""
    with closing(sqlite3.connect(file_of(root))) as connection, connection:
        told = connection.execute("SELECT key, body FROM rows WHERE kind = ?", (kind,)).fetchall()
        assert told
        for key, found in told:
            connection.execute("UPDATE rows SET body = ? WHERE kind = ? AND key = ?", (change(found), kind, key))
