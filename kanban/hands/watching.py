"""Notices that the board is no longer what a hand shows: by an editor, a pull, a colleague's sync, another window."""

import os
import threading
from collections.abc import Callable

from kanban.folder import watching
from kanban.hands.desk import Desk

PAUSE = 0.2
"""Seconds between two looks where the system does not tell, and at git's refs and the day."""


class Watch:
    """Counts the changes of a desk's board in the background: `version` grows with each. `told` hears of it.

    What counts: the files of the board, HEAD, branches here and as the others have them, and the day.
    """

    def __init__(self, desk: Desk, told: Callable[[], None] = lambda: None) -> None:
        self.version = 0
        self._told = told
        self._session = desk.glance
        repository = self._session.repository
        self._files = watching.Watch(self._session.root, git_dir=repository.git_dir)
        self._common = repository.common_dir
        self._stopped = threading.Event()

    def look(self) -> watching.Stamp:
        """What all of it looks like now: equal stamps, the same board."""
        return self._files.look() | self._beside()

    def start(self) -> None:
        """Begin to watch, until `stop` or the end of the process."""
        for run in (self._follow_files, self._follow_the_rest):
            threading.Thread(target=run, daemon=True).start()

    def stop(self) -> None:
        """End it."""
        self._stopped.set()

    def _follow_files(self) -> None:
        for _change in self._files.changes(self._stopped, pause=PAUSE):
            self._changed()

    def _follow_the_rest(self) -> None:
        seen = self._beside()
        while not self._stopped.wait(PAUSE):
            now = self._beside()
            if now != seen:
                seen = now
                self._changed()

    def _changed(self) -> None:
        self.version += 1
        self._told()

    def _beside(self) -> watching.Stamp:
        """Where git's refs are, and which day it is."""
        today = self._session.today_of(self._session.config)
        found: watching.Stamp = {"today": (today.toordinal(), 0)}
        waiting = [os.path.join(self._common, name) for name in ("packed-refs", "refs/heads", "refs/remotes")]
        while waiting:
            path = waiting.pop()
            try:
                status = os.lstat(path)
                inside = [entry.path for entry in os.scandir(path)] if os.path.isdir(path) else []
            except OSError:
                continue
            if not inside:
                found[path] = status.st_mtime_ns, status.st_size
            waiting += inside
        return found
