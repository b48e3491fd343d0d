"""Notices that files below a folder have changed, by looking again and again; nothing to install, works everywhere."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

Stamp = dict[str, tuple[int, int]]
"""Path → time of the last change and size."""

_SKIPPED = frozenset({"node_modules", "__pycache__", "venv"})
_GIT_FILES = ("HEAD", "packed-refs", "logs/HEAD")


def stamp_of(root: Path, *, without: Path | None = None, git_dir: Path | None = None) -> Stamp:
    """What the folder looks like now: its visible files, and whether git's HEAD has moved.

    `without` is a folder whose changes do not count (the site that is being written), links are not followed.
    """
    found: Stamp = {}
    skipped = os.path.realpath(without) if without is not None else ""
    waiting = [os.path.realpath(root)]
    while waiting:
        folder = waiting.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError:
            continue
        for entry in entries:
            if entry.name.startswith(".") or entry.name in _SKIPPED or entry.path == skipped:
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
            else:
                _add(found, entry.path)
    if git_dir is not None:
        for name in _GIT_FILES:
            _add(found, os.path.join(git_dir, name))
    return found


def _add(found: Stamp, path: str) -> None:
    try:
        status = os.lstat(path)
    except OSError:
        return
    found[path] = status.st_mtime_ns, status.st_size


def changes(look: Callable[[], Stamp], *, pause: float = 0.4) -> Iterator[None]:
    """Yield each time what `look` sees has changed and then kept still for one pause: an editor writes in steps."""
    before = look()
    while True:
        time.sleep(pause)
        now = look()
        while now != before:
            before = now
            time.sleep(pause)
            now = look()
            if now == before:
                yield
                before = look()
                now = before
