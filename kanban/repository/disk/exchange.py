"""Talking to a remote leaves locks of git's own behind when it is killed: a file says that we were at it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kanban.repository.disk import FOLDER
from kanban.repository.disk.storage import remove_if_there


def place_of_exchange(common_dir: Path) -> Path:
    """The file that stands while we talk to a remote: locks made meanwhile are our own git's."""
    return common_dir / FOLDER / "exchange"


@contextmanager
def exchange(common_dir: Path) -> Iterator[None]:
    """While the block runs the file stands; and after it, where git left a lock: the next command that writes removes
    it, unless a git is still at work."""
    marker = place_of_exchange(common_dir)
    marker.parent.mkdir(exist_ok=True)
    if not marker.exists():  # else one exchange of the same command left a lock, which was made since then
        marker.write_bytes(b"")
    try:
        yield
    finally:
        with suppress(OSError):
            if not locks_of_exchange(common_dir, upkeep=True):
                remove_if_there(marker)


def locks_of_exchange(common_dir: Path, *, upkeep: bool = False) -> list[Path]:
    """The locks of git's that were made since the file stands; with `upkeep` that of its tidying up too, which may go
    on for a while after the exchange has ended."""
    try:
        since = place_of_exchange(common_dir).stat().st_mtime
    except FileNotFoundError:
        return []
    found = []
    kept = (common_dir / "objects").glob("maintenance.lock") if upkeep else ()
    for lock in (*kept, *(common_dir / "refs" / "remotes").rglob("*.lock"), *common_dir.glob("*.lock")):
        with suppress(FileNotFoundError):
            if lock.name != "index.lock" and lock.stat().st_mtime >= since:
                found.append(lock)
    return found
