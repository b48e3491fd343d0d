"""Which files are a board's, where the board is, and what looking at a file tells; none is opened.

This is what a question costs that was answered before: nothing is loaded for it that Python has not at hand.
"""

from __future__ import annotations

import os
from stat import S_ISREG

TYPE_CHECKING = False  # `typing` takes longer to load than a thousand files to be looked at
if TYPE_CHECKING:
    from collections.abc import Iterator

BOARD_FILE = "board.yml"
FILES = "files"
"""The folder of the files that are kept for cards."""

_BELOW_FILES = f"{FILES}/"
_TEXT_SUFFIXES = (".md", ".yml", ".yaml")

_SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__", "venv"})
_MAX_DEPTH = 12


def board_above(start: str) -> str | None:
    """The folder of the nearest `board.yml` in `start` or above, but not above the repository that encloses it."""
    folder = os.path.abspath(start)
    if not os.path.isdir(folder):
        if not os.path.exists(folder):
            return None
        folder = os.path.dirname(folder)
    while not has_board(folder):
        above = os.path.dirname(folder)
        if above == folder or os.path.lexists(os.path.join(folder, ".git")):
            return None
        folder = above
    return folder


def has_board(folder: str) -> bool:
    """Whether a regular `board.yml` lies in a folder."""
    try:
        return S_ISREG(os.lstat(os.path.join(folder, BOARD_FILE)).st_mode)
    except OSError:
        return False


def is_attached(path: str) -> bool:
    """Whether a regular file at this path is kept for a card and no text of the board: it is named, not opened."""
    return path.startswith(_BELOW_FILES) and "/." not in path and not is_board_path(path)


def is_board_path(path: str) -> bool:
    """Whether a regular file at this path (relative to the board) can be part of a board.

    Text files a board is made of, and `.gitattributes` (which can change what git makes of them); nothing in
    hidden folders.
    """
    folder, _, name = path.rpartition("/")
    if folder[:1] == "." or "/." in folder:
        return False
    if name.startswith("."):
        return name == ".gitattributes"
    return name.lower().endswith(_TEXT_SUFFIXES)


class Looked:
    """What looking at a file tells: a text that is another when the file is, when it changed (ns), its mode's bits."""

    __slots__ = ("changed", "mode", "told")

    def __init__(self, told: str, changed: int, mode: int = 0) -> None:
        self.told, self.changed, self.mode = told, changed, mode


def looked_at(path: str) -> Looked:
    """A file or folder as it stands, the time of its last change in nanoseconds; one that is not there never changed.

    The time at which the system last wrote down anything about it counts too: that one cannot be set back.
    """
    try:
        one = os.lstat(path)
    except OSError:
        return Looked(f"{path}\0", 0)
    mode, changed, noted = one.st_mode, one.st_mtime_ns, one.st_ctime_ns
    told = f"{path}\0{mode} {one.st_size} {changed} {noted} {one.st_ino}\0"
    return Looked(told, changed if changed > noted else noted, mode)


def look_at_folder(root: str, seen: dict[str, Looked], folders: dict[str, str]) -> Iterator[Looked]:
    """Every file that `read_folder` would open, and each folder that it cannot enter.

    Files are noted in `seen`; in `folders` is what each folder told before it was read.
    """
    for path, name in files_below(root, folders=folders):
        if path:
            looked = seen[path] = looked_at(path)
            yield looked
        else:
            yield Looked(f"{name}\0", 0)


def files_below(
    folder: str, prefix: str = "", depth: int = 0, *, beside: bool = False, folders: dict[str, str] | None = None
) -> Iterator[tuple[str, str]]:
    """Path and the board's name of each file of a board; a folder that cannot be entered has no path.

    With `beside`, instead those in its folders that are no part of it. `folders` is told of the folders themselves.
    """
    for some in _below(folder, prefix, depth, beside, folders):
        yield from some


def _below(
    folder: str, prefix: str, depth: int, beside: bool, folders: dict[str, str] | None
) -> Iterator[list[tuple[str, str]]]:
    """The same folder by folder."""
    if folders is not None:
        folders[folder] = looked_at(folder).told
    try:
        with os.scandir(folder) as found:
            entries = list(found)
    except OSError:
        yield [("", prefix.rstrip("/"))]
        return
    here: list[tuple[str, str]] = []
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            name = prefix + _posix_name(entry.name)
            if depth < _MAX_DEPTH and not _is_foreign(entry):
                yield from _below(entry.path, name + "/", depth + 1, beside, folders)
            continue
        name = entry.name
        if name[-3:] == ".md" and name[0] != "." and not beside:  # nearly all of them, and no doubt about any
            here.append((entry.path, prefix + name))
            continue
        name = prefix + _posix_name(name)
        if beside:
            if not is_board_path(name) and not entry.name.startswith(".") and not entry.is_symlink():
                here.append((entry.path, name))
        elif is_board_path(name) or is_attached(name) or (entry.is_symlink() and not entry.name.startswith(".")):
            here.append((entry.path, name))
    yield here


def _is_foreign(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith(".") or entry.name in _SKIPPED_FOLDERS:
        return True
    return os.path.lexists(os.path.join(entry.path, ".git"))


def _posix_name(name: str) -> str:
    return name.replace("\\", "/") if os.name == "nt" else name
