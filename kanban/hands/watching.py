"""Notices that the board is no longer what a hand shows: by an editor, a pull, a colleague's sync, another window."""

import os
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

from kanban.errors import NotARepository
from kanban.folder.watching import Stamp, changes, stamp_of
from kanban.hands.desk import Desk

PAUSE = 0.2
"""Seconds between two looks; a change is told once it has kept still for one pause."""


def look(desk: Desk) -> Stamp:
    """What the board's files, HEAD and refs look like now, and which day it is."""
    session = desk.glance
    try:
        repository = session.repository
    except NotARepository:
        found = stamp_of(session.root)
    else:
        found = stamp_of(session.root, git_dir=repository.git_dir)
        _add_refs(found, repository.common_dir)
    found["today"] = (session.today_of(session.config).toordinal(), 0)
    return found


def _add_refs(found: Stamp, folder: Path) -> None:
    """What a fetch or a push moves."""
    for name in ("packed-refs", "refs/heads", "refs/remotes"):
        waiting = [os.path.join(folder, name)]
        while waiting:
            path = waiting.pop()
            try:
                status = os.lstat(path)
                inside = [entry.path for entry in os.scandir(path)] if os.path.isdir(path) else []
            except OSError:
                continue
            found[path] = status.st_mtime_ns, status.st_size
            waiting += inside


class Watch:
    """Counts the changes of a desk's board in the background: `version` grows with each."""

    def __init__(self, desk: Desk, told: Callable[[], None] = lambda: None) -> None:
        self.version = 0
        self._told = told
        self._look = partial(look, desk)
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin to look; it ends with the process."""
        self._thread.start()

    def _run(self) -> None:
        for _change in changes(self._look, pause=PAUSE):
            self.version += 1
            self._told()
