"""Folders as they change from commit to commit, and the trees that they are in git."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from copy import copy

from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.repository.git.command import GitCommand
from kanban.repository.git.objects import read_blobs
from kanban.repository.planned.packing import Difference, Pack

_FILE, _FOLDER = b"100644", b"40000"
_LONGEST_CHAIN = 50
"""Differences on top of each other before a tree is told whole again, as git packs them."""

_SMALL = 128
"""Bytes of a tree that is told whole at once: git takes no difference of fewer than four."""


class Folder:
    """One folder. `name` is its tree's id as last written, b"" for one that never was."""

    def __init__(self, content: bytes, name: bytes, width: int) -> None:
        self.name = name
        self._keys: list[bytes] = []
        self._entries: list[bytes] = []
        self._size, self._chain = len(content), _LONGEST_CHAIN
        at = 0
        while at < len(content):
            end = content.index(b"\0", at) + 1 + width
            entry = content[at:end]
            mode, _space, rest = entry.partition(b" ")
            self._keys.append(rest[: -width - 1] + (b"/" if mode == _FOLDER else b""))
            self._entries.append(entry)
            at = end

    def __copy__(self) -> Folder:
        found = Folder(b"", self.name, 0)
        found._keys, found._entries = list(self._keys), list(self._entries)
        found._size, found._chain = self._size, self._chain
        return found

    @property
    def is_empty(self) -> bool:
        """Whether nothing is in it."""
        return not self._entries

    def below(self, name: bytes, width: int) -> bytes:
        """The tree's id of the folder of that name, b"" where there is none."""
        key = name + b"/"
        at = bisect_left(self._keys, key)
        return self._entries[at][-width:] if self._keys[at : at + 1] == [key] else b""

    def write(self, changes: Mapping[bytes, bytes | None], pack: Pack) -> None:
        """Put entries in, or take them out (None), by what git sorts them by; then its tree is in the pack."""
        steps: list[tuple[int, int, bytes]] = []
        at = place = 0
        for key in sorted(changes):
            entry = changes[key]
            found = bisect_left(self._keys, key, at)
            place += sum(map(len, self._entries[at:found]))
            is_there = self._keys[found : found + 1] == [key]
            old = len(self._entries[found]) if is_there else 0
            if is_there or entry is not None:
                steps.append((place, place + old, entry or b""))
            stop = found + is_there
            self._keys[found:stop] = [] if entry is None else [key]
            self._entries[found:stop] = [] if entry is None else [entry]
            at, place = (found, place + old) if entry is None else (found + 1, place + old)
        content = b"".join(self._entries)
        if self.name not in pack or self._chain >= _LONGEST_CHAIN or len(content) < _SMALL:
            self.name, self._chain = pack.add(b"tree", content), 0
        else:
            difference = bytes(_difference(self._size, len(content), steps))
            self.name, self._chain = pack.add_changed(b"tree", content, self.name, difference), self._chain + 1
        self._size = len(content)


def _difference(old: int, new: int, steps: Iterable[tuple[int, int, bytes]]) -> Difference:
    """Of steps that put something in place of what stood from one byte to another."""
    found, done = Difference(old, new), 0
    for start, end, entry in steps:
        found.copy(done, start)
        found.insert(entry)
        done = end
    found.copy(done, old)
    return found


class Tree:
    """All files of a commit; `root` is its tree's id. Only the folders in which something changes are read."""

    def __init__(self, git: GitCommand, pack: Pack, root: bytes) -> None:
        self._git, self._pack, self._width = git, pack, pack.width
        self._folders = {"": self._read(root)}

    @property
    def root(self) -> bytes:
        """The id of its tree."""
        return self._folders[""].name

    def __copy__(self) -> Tree:
        """One that can go another way."""
        found = Tree.__new__(Tree)
        found._git, found._pack, found._width = self._git, self._pack, self._width
        found._folders = {path: copy(folder) for path, folder in self._folders.items()}
        return found

    def write(self, changes: Iterable[tuple[str, bytes | None]]) -> None:
        """Put files in with their content, or take them out (None). Raises KanbanError for what is no path."""
        wanted: dict[str, dict[bytes, bytes | None]] = {}
        for path, content in changes:
            folder, _slash, name = path.rpartition("/")
            self._check(path, name)
            self._open(folder)
            entry = None if content is None else _entry(_FILE, name, self._pack.add(b"blob", content))
            wanted.setdefault(folder, {})[name.encode()] = entry
            if entry is not None:
                self._make_way(path, wanted[folder])
        while wanted:
            path = max(wanted, key=lambda one: (one.count("/"), bool(one)))
            held = self._folders[path]
            held.write(wanted.pop(path), self._pack)
            if path:
                above, _slash, name = path.rpartition("/")
                entry = None if held.is_empty else _entry(_FOLDER, name, held.name)
                wanted.setdefault(above, {})[name.encode() + b"/"] = entry
                if entry is not None:
                    wanted[above].setdefault(name.encode(), None)

    def _make_way(self, path: str, changes: dict[bytes, bytes | None]) -> None:
        """A file comes where a folder may have been."""
        changes[path.rpartition("/")[2].encode() + b"/"] = None
        if path in self._folders:
            kept = self._folders.items()
            self._folders = {one: held for one, held in kept if not f"{one}/".startswith(f"{path}/")}

    def _open(self, folder: str) -> None:
        if folder not in self._folders:
            above, _slash, name = folder.rpartition("/")
            self._check(folder, name)
            self._open(above)
            self._folders[folder] = self._read(self._folders[above].below(name.encode(), self._width))

    @staticmethod
    def _check(path: str, name: str) -> None:
        if name in ("", ".", "..") or "\0" in name or name.casefold() == ".git":
            raise KanbanError(_("{path} is no name that git takes for a file").format(path=path))

    def _read(self, name: bytes) -> Folder:
        content = read_blobs(self._git, [name.hex()]).get(name.hex()) if name else None
        return Folder(content or b"", name, self._width)


def _entry(mode: bytes, name: str, content: bytes) -> bytes:
    return b"%b %b\0%b" % (mode, name.encode(), content)
