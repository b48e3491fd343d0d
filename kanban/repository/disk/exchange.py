"""Talking to a remote leaves locks of git's own behind when it is killed: a file says that we were at it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kanban.repository.disk.lock import FOLDER
from kanban.repository.disk.storage import remove_if_there


def place_of_exchange(common_dir: Path) -> Path:
    """The file that stands while we talk to a remote: locks made meanwhile are our own git's."""
    return common_dir / FOLDER / "exchange"


@contextmanager
def exchange(common_dir: Path) -> Iterator[None]:
    """While the block runs, and after a kill in it, the file stands."""
    marker = place_of_exchange(common_dir)
    marker.parent.mkdir(exist_ok=True)
    marker.write_bytes(b"")
    yield
    remove_if_there(marker)
