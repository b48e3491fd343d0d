"""Reads a board's files from the disk, as they are now, without being led out of the board's folder."""

import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

from kanban.model.cards.boardfile import (
    ATTACHED,
    EXECUTABLE_MODE,
    LARGEST,
    REGULAR_MODE,
    SIZE_CAP,
    SYMLINK_MODE,
    BoardFile,
    is_attached,
    is_board_path,
)

_SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__", "venv"})
_SAFE_OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_MAX_DEPTH = 12
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
        self._files: dict[str, tuple[bytes, BoardFile, bool]] = {}

    def read(self, found: Iterator[tuple[str, str]]) -> list[BoardFile]:
        """The files at these paths, by their names."""
        before, self._files = self._files, {}
        for path, name in found:
            looked, now = looked_at(path) if path else Looked(b"", 0), time.time_ns()
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
    below = _below(os.fspath(root), "", 0)
    found = memory.read(below) if memory is not None else [read_found(path, name) for path, name in below]
    return tuple(sorted(found, key=lambda file: file.path))


def files_below(root: Path) -> Iterator[tuple[str, str]]:
    """Path and name of each file that `read_folder` would read; a folder that cannot be entered has no path."""
    return _below(os.fspath(root), "", 0)


def read_beside(root: Path) -> tuple[BoardFile, ...]:
    """The regular files in the board's folders that are no part of the board: attachments, read with the same care."""
    found = (_file(path, name, LARGEST) for path, name in _below(os.fspath(root), "", 0, beside=True) if path)
    return tuple(
        sorted((file for file in found if not file.note or file.note == "too-large"), key=lambda one: one.path)
    )


def list_folder(root: Path) -> dict[str, tuple[int, int]]:
    """The paths of the same files, each with its size and the time of its last change (ns); nothing is opened."""
    found = {}
    for path, name in _below(os.fspath(root), "", 0):
        try:
            status = os.lstat(path)
        except OSError:
            continue
        found[name] = (status.st_size, status.st_mtime_ns)
    return found


class Looked(NamedTuple):
    """What looking at a file tells of it, without opening it: bytes that are others when it is, and when it changed."""

    told: bytes
    changed: int
    mode: str = REGULAR_MODE


def looked_at(path: str) -> Looked:
    """A file or folder as it stands, the time of its last change in nanoseconds; one that is not there never changed.

    The time at which the system last wrote down anything about it counts too: that one cannot be set back.
    """
    try:
        one = os.lstat(path)
    except OSError:
        return Looked(os.fsencode(path) + b"\0", 0)
    changed, noted = one.st_mtime_ns, one.st_ctime_ns
    told = f"{path}\0{one.st_mode} {one.st_size} {changed} {noted} {one.st_ino}\0".encode("utf-8", "surrogatepass")
    return Looked(told, changed if changed > noted else noted, _mode(one))


def look_at_folder(root: Path, seen: dict[str, Looked]) -> Iterator[Looked]:
    """Every file that `read_folder` would open, and each folder that it cannot enter. Files are noted in `seen`."""
    for path, name in _below(os.fspath(root), "", 0):
        looked = looked_at(path) if path else Looked(os.fsencode(name), 0)
        if path:
            seen[path] = looked
        yield looked


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
    mode = _mode(status)
    if not cap:
        return BoardFile(name, None, mode, note=ATTACHED, size=status.st_size)
    data, note = _content(path, status.st_size, cap)
    return BoardFile(name, data, mode, note=note)


def _mode(status: os.stat_result) -> str:
    return EXECUTABLE_MODE if status.st_mode & stat.S_IXUSR and os.name != "nt" else REGULAR_MODE


def read_found(path: str, name: str) -> BoardFile:
    """What was found below a board: a file, or without a path a folder that cannot be entered."""
    if not path:
        return BoardFile(name, None, "", note="unreadable")
    return _file(path, name, 0 if is_attached(name) else SIZE_CAP)


def _below(folder: str, prefix: str, depth: int, *, beside: bool = False) -> Iterator[tuple[str, str]]:
    """The path and the board's name of each file; a folder that cannot be entered has no path."""
    try:
        with os.scandir(folder) as found:
            entries = list(found)
    except OSError:
        yield "", prefix.rstrip("/")
        return
    for entry in entries:
        name = prefix + _posix_name(entry.name)
        if entry.is_dir(follow_symlinks=False):
            if depth < _MAX_DEPTH and not _is_foreign(entry):
                yield from _below(entry.path, name + "/", depth + 1, beside=beside)
        elif beside:
            if not is_board_path(name) and not entry.name.startswith(".") and not entry.is_symlink():
                yield entry.path, name
        elif is_board_path(name) or is_attached(name) or (entry.is_symlink() and not entry.name.startswith(".")):
            yield entry.path, name


def _is_foreign(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith(".") or entry.name in _SKIPPED_FOLDERS:
        return True
    return os.path.lexists(os.path.join(entry.path, ".git"))


def _posix_name(name: str) -> str:
    return name.replace("\\", "/") if os.name == "nt" else name


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
