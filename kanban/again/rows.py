"""Where the index of a repository is, and one of its rows: read with nothing loaded but SQLite's own module.

Paths are texts here.
"""

from __future__ import annotations

import os

try:
    from _blake2 import blake2b  # the same without OpenSSL, which takes as long to load as all of SQLite
except ImportError:
    from hashlib import blake2b
try:
    from _sqlite3 import connect  # without what `sqlite3` brings for who keeps dates
except ImportError:
    try:
        from sqlite3 import connect
    except ImportError:  # a Python built without it keeps nothing
        connect = None  # type: ignore[assignment] # mypy knows it as SQLite's alone

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "FOLDER",
    "NAME",
    "VERSION",
    "blake2b",
    "checksum",
    "git_folders_above",
    "is_ours",
    "one_row",
    "speaking_files",
]

FOLDER = "kanban"
"""Our own folder inside the git folder that linked working trees share."""
NAME = "index.sqlite"
VERSION = 2
"""Grows with every change of the tables or of the kinds of rows."""
_NEVER_LOOKED_AT = frozenset({"kanban", "lost-found", "hooks", "objects", "logs"})
"""Below a git folder: what says nothing, or nothing that its other files do not."""


def git_folders_above(start: str) -> tuple[str, str] | None:
    """The git folder of the working tree around `start` (absolute), and the one that linked working trees share.

    None when there is none, or only git can tell.
    """
    folder = start
    while True:
        git = os.path.join(folder, ".git")
        if os.path.isdir(git):
            return (git, git) if os.path.isdir(os.path.join(git, "objects")) else None
        if os.path.isfile(git):
            told = _text(git).partition("gitdir: ")[2].strip()
            return _linked(os.path.join(folder, told)) if told else None
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above


def _linked(git: str) -> tuple[str, str] | None:
    try:
        return git, os.path.join(git, _text(os.path.join(git, "commondir")).strip())
    except OSError:
        return (git, git) if os.path.isdir(os.path.join(git, "objects")) else None


def _text(file: str) -> str:
    with open(file, encoding="utf-8", errors="surrogateescape") as stream:
        return stream.read()


def is_ours(common_dir: str) -> bool:
    """Whether what is kept there was written by the user: git does not trust another one's repository either."""
    return not hasattr(os, "geteuid") or os.stat(common_dir).st_uid == os.geteuid()


def speaking_files(git_dir: str, common_dir: str) -> Iterator[str]:
    """The files in which git keeps where branches stand, what it was told and what goes on; packs as their folder."""
    waiting = list(dict.fromkeys((git_dir, common_dir)))
    tops = frozenset(waiting)
    while waiting:
        folder = waiting.pop()
        with os.scandir(folder) as found:
            for entry in found:
                if not entry.is_dir(follow_symlinks=False):
                    yield entry.path
                elif folder not in tops or entry.name not in _NEVER_LOOKED_AT:
                    waiting.append(entry.path)
    yield os.path.join(common_dir, "objects", "pack")
    yield os.path.join(common_dir, "objects", "info", "alternates")


def one_row(common_dir: str, kind: str, key: bytes) -> bytes | None:
    """The body of a row of the index below a git folder; None when there is none, or none that can be trusted."""
    path = os.path.join(common_dir, FOLDER, NAME)
    if connect is None or not os.path.exists(path):
        return None
    try:
        connection = connect(path, timeout=1.0)
    except Exception:  # whatever SQLite says of a file that it cannot read
        return None
    try:
        if connection.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            return None
        found = connection.execute("SELECT body, sum FROM rows WHERE kind = ? AND key = ?", (kind, key)).fetchone()
    except Exception:
        return None
    finally:
        connection.close()
    body, told = found or (None, None)
    return body if isinstance(body, bytes) and told == checksum(kind, key, body) else None


def checksum(kind: str, key: bytes, body: bytes) -> bytes:
    """What stands beside a row, so that one which was damaged is known."""
    found = blake2b(kind.encode() + key, digest_size=8)
    found.update(body)  # not put together: a history has megabytes
    return found.digest()


def digest_of(*told: str | bytes) -> bytes:
    """A digest of some texts, in this order, by which a row is found; no two lists of texts have the same."""
    found = blake2b(digest_size=16)
    for one in told:
        data = one.encode("utf-8", "surrogateescape") if isinstance(one, str) else one
        found.update(b"%d\0%b" % (len(data), data))
    return found.digest()
