"""Reads a board's files from the disk, as they are now, without being led out of the board's folder."""

import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from kanban.again.files import Looked, files_below, is_attached, looked_at
from kanban.model.cards.boardfile import (
    ATTACHED,
    EXECUTABLE_MODE,
    LARGEST,
    REGULAR_MODE,
    SIZE_CAP,
    SYMLINK_MODE,
    BoardFile,
)

_SAFE_OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
SETTLED = 2_000_000_000
"""Nanoseconds: no disk's clock is coarser (FAT counts in steps of two seconds)."""


class Reader(Protocol):
    """Who reads the files that a folder holds, or knows them."""

    def read(self, found: Iterator[tuple[str, str]]) -> list[BoardFile]:
        """The files at these paths, by their names."""


class FolderMemory:
    """The files of the last reading, each given again while looking at it tells the same: then it is not opened.

    A file that had changed less than `SETTLED` before it was read is opened once more: another change in the same tick
    of the disk's clock would not be told.
    """

    def __init__(self) -> None:
        self._files: dict[str, tuple[str, BoardFile, bool]] = {}

    def read(self, found: Iterator[tuple[str, str]]) -> list[BoardFile]:
        """The files at these paths, by their names."""
        before, self._files = self._files, {}
        for path, name in found:
            looked, now = looked_at(path) if path else Looked("", 0), time.time_ns()
            known = before.get(name)
            if known is None or not known[2] or known[0] != looked.told:
                file = read_found(path, name)
                known = looked.told, file, bool(looked.told) and now - looked.changed > SETTLED
            self._files[name] = known
        return [file for _told, file, _settled in self._files.values()]


def read_folder(root: Path, memory: Reader | None = None) -> tuple[BoardFile, ...]:
    """All files of the board in `root`, ordered by path; works outside of git too.

    Only regular files are opened, and only up to `SIZE_CAP` bytes: a link, pipe or device is named in its `note` and
    left alone. A file that is kept for a card is named with its size. Hidden folders and repositories inside the board
    are not entered. `memory` is kept by who reads the same folder again and again.
    """
    below = files_below(os.fspath(root))
    found = memory.read(below) if memory is not None else [read_found(path, name) for path, name in below]
    return tuple(sorted(found, key=lambda file: file.path))


def read_beside(root: Path) -> tuple[BoardFile, ...]:
    """The regular files in the board's folders that are no part of the board: attachments, read with the same care."""
    found = (_file(path, name, LARGEST) for path, name in files_below(os.fspath(root), beside=True) if path)
    return tuple(
        sorted((file for file in found if not file.note or file.note == "too-large"), key=lambda one: one.path)
    )


def list_folder(root: Path) -> dict[str, tuple[int, int]]:
    """The paths of the same files, each with its size and the time of its last change (ns); nothing is opened."""
    found = {}
    for path, name in files_below(os.fspath(root)):
        try:
            status = os.lstat(path)
        except OSError:
            continue
        found[name] = (status.st_size, status.st_mtime_ns)
    return found


def read_file(root: Path, name: str, cap: int = SIZE_CAP) -> BoardFile:
    """One file of the board in `root`, by its posix path, read with the same care."""
    return _file(os.path.join(root, name), name, cap)


def _file(path: str, name: str, cap: int = SIZE_CAP) -> BoardFile:
    try:
        status = os.lstat(path)
    except OSError:
        return BoardFile(name, None, "", note="missing")
    if stat.S_ISLNK(status.st_mode):
        return BoardFile(name, None, SYMLINK_MODE, note="symlink")
    if not stat.S_ISREG(status.st_mode):
        return BoardFile(name, None, "", note="special")
    mode = mode_of(status.st_mode)
    if not cap:
        return BoardFile(name, None, mode, note=ATTACHED, size=status.st_size)
    data, note = _content(path, status.st_size, cap)
    return BoardFile(name, data, mode, note=note)


def mode_of(bits: int) -> str:
    """git's mode of a regular file whose mode has these bits on this disk."""
    return EXECUTABLE_MODE if bits & stat.S_IXUSR and os.name != "nt" else REGULAR_MODE


def read_found(path: str, name: str) -> BoardFile:
    """What was found below a board: a file, or without a path a folder that cannot be entered."""
    if not path:
        return BoardFile(name, None, "", note="unreadable")
    return _file(path, name, 0 if is_attached(name) else SIZE_CAP)


def _content(path: str, size: int, cap: int) -> tuple[bytes | None, str]:
    """The bytes of a regular file, opened so that a link or pipe put there meanwhile does no harm."""
    try:
        descriptor = os.open(path, _SAFE_OPEN)
    except OSError:
        return None, "unreadable"
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return None, "special"
        return _read_all(descriptor, size, cap)
    except OSError:
        return None, "unreadable"
    finally:
        os.close(descriptor)


def _read_all(descriptor: int, size: int, cap: int) -> tuple[bytes | None, str]:
    """Everything up to the cap. `size` is what the file had a moment ago: asking for just that saves memory."""
    data = os.read(descriptor, min(size, cap) + 1)
    while len(data) <= cap and (more := os.read(descriptor, cap + 1 - len(data))):
        data += more
    return (None, "too-large") if len(data) > cap else (data, "")
