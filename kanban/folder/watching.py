"""Notices that files below a folder have changed: told by the system where `watchfiles` is installed, else by looking.

What the system tells is a reason to look, never an answer: each named file is compared with how it was seen last, and
now and then all are, so that nothing that was lost (a full queue, a folder on a network) stays unseen.
"""

import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Stamp = dict[str, tuple[int, int]]
"""Path → time of the last change and size."""

PAUSE = 0.4
"""Seconds between two looks where the system does not tell."""
LOOK_AGAIN = 30.0
"""Seconds after which everything is looked at although the system told nothing."""

_SKIPPED = frozenset({"node_modules", "__pycache__", "venv"})
_GIT_FILES = ("HEAD", "packed-refs", "logs/HEAD")
_STEP, _TIMEOUT = 40, 250  # milliseconds: a change waits for the next one; the system is asked whether we shall stop


@dataclass(frozen=True)
class Change:
    """What is not as it was: posix paths below the folder, sorted, and whether git's HEAD moved."""

    files: tuple[str, ...]
    history: bool


class Watch:
    """A folder, how it was seen last, and what changed since. What happens after it is made is not missed.

    `without` is a folder whose changes do not count (the site that is being written); links are not followed. With
    `told` False the system is not asked.
    """

    def __init__(
        self, root: Path, *, without: Path | None = None, git_dir: Path | None = None, told: bool = True
    ) -> None:
        self._root = os.path.realpath(root)
        self._without = os.path.realpath(without) if without is not None else ""
        self._git = os.path.realpath(git_dir) if git_dir is not None else ""
        self._git_files = frozenset(os.path.join(self._git, name) for name in _GIT_FILES) if self._git else frozenset()
        self._told = told
        self._seen = self.look()

    def changes(self, stopped: threading.Event | None = None, *, pause: float = PAUSE) -> Iterator[Change]:
        """Each change, after the files have kept still for a moment (an editor writes in steps), until `stopped`."""
        stopped = stopped or threading.Event()
        if self._told:
            try:
                yield from self._told_changes(stopped)
                return
            except (ImportError, OSError, RuntimeError):  # not installed, no watches left, a disk that does not tell
                pass
        yield from self._seen_changes(stopped, pause)

    def _told_changes(self, stopped: threading.Event) -> Iterator[Change]:
        import watchfiles

        inside = self._git == "" or os.path.commonpath((self._root, self._git)) == self._root
        places = (self._root,) if inside else (self._root, self._git)
        told = watchfiles.watch(
            *places,
            watch_filter=lambda _kind, path: path in self._git_files or self._counts(path),
            step=_STEP,
            rust_timeout=_TIMEOUT,
            yield_on_timeout=True,
            stop_event=stopped,
            ignore_permission_denied=True,
        )
        looked = 0.0
        for found in told:
            paths = {path for _kind, path in found}
            whole = time.monotonic() - looked > LOOK_AGAIN or any(os.path.isdir(path) for path in paths)
            if whole:
                now, looked = self.look(), time.monotonic()
            else:
                now = {path: seen for path, seen in self._seen.items() if path not in paths} if paths else self._seen
                for path in paths:
                    _add(now, path)
            if change := self._changed(now):
                yield change

    def _seen_changes(self, stopped: threading.Event, pause: float) -> Iterator[Change]:
        while not stopped.wait(pause):
            now = self.look()
            while now != self._seen:
                if stopped.wait(pause):
                    return
                before, now = now, self.look()
                if now == before and (change := self._changed(now)):
                    yield change

    def _changed(self, now: Stamp) -> Change | None:
        """What is not as it was seen last; from here on it is seen."""
        if now is self._seen:
            return None
        different = {path for path, _seen in now.items() ^ self._seen.items()}
        self._seen = now
        if not different:
            return None
        files = sorted(self._name(path) for path in different - self._git_files)
        return Change(tuple(files), bool(different & self._git_files))

    def _name(self, path: str) -> str:
        return os.path.relpath(path, self._root).replace(os.sep, "/")

    def _counts(self, path: str) -> bool:
        """Whether a file there is one that is looked at."""
        if self._without and (path == self._without or path.startswith(self._without + os.sep)):
            return False
        names = os.path.relpath(path, self._root).split(os.sep)
        return not any(name.startswith(".") for name in names) and not _SKIPPED & set(names[:-1])

    def look(self) -> Stamp:
        """What the folder looks like now: its visible files, and where git's HEAD is."""
        found: Stamp = {}
        waiting = [self._root]
        while waiting:
            try:
                entries = list(os.scandir(waiting.pop()))
            except OSError:
                continue
            for entry in entries:
                if entry.name.startswith(".") or entry.name in _SKIPPED or entry.path == self._without:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    _add(found, entry.path)
        for path in self._git_files:
            _add(found, path)
        return found


def _add(found: Stamp, path: str) -> None:
    try:
        status = os.lstat(path)
    except OSError:
        return
    found[path] = status.st_mtime_ns, status.st_size
