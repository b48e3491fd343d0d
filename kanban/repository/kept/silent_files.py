"""Which files of a board are known to say nothing of former names, so that most closed cards are never read.

Of contents in git a row holds their ids; of a folder, what looking at each file told (name, size, times, number), once
its last change was long enough ago for its times to tell the next one.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from kanban import __version__
from kanban.again.files import Looked, looked_at
from kanban.again.rows import digest_of
from kanban.folder.reading import SETTLED, mode_of, read_found
from kanban.model.cards.boardfile import SILENT, BoardFile, UnreadFile, is_silent
from kanban.model.text.plain_card import Look
from kanban.repository.kept.index import Index
from kanban.repository.kept.sayings import Folder, Sayings

WORTH_KEEPING = 1000
"""Fewer files are read as quickly."""
WORTH_WRITING = 200
"""A row is written anew when so many files are not in it."""
MOST = 8

_BLOBS, _FILES = "silent blobs", "silent files"
_AS_NAMED = ("utf-8", "surrogatepass")
"""How names of files are kept that are not UTF-8."""


class SilentBlobs:
    """Contents in git, by their ids."""

    def __init__(self, common_dir: Path, prefix: str) -> None:
        self._index = Index(common_dir)
        self._key = digest_of(__version__, SILENT, prefix)
        body = self._index.get(_BLOBS, self._key)
        self.known = frozenset(body.decode().split("\n")) if body else frozenset[str]()
        self._sayings = Sayings(self._index, f"blobs of {prefix}", at_once=True)

    def folder(self, path: str) -> Folder:
        """What is known of the contents beside a file."""
        return self._sayings.folder(path)

    def learn(self, contents: Mapping[str, bytes | None]) -> None:
        """Look at contents that were read; those that are silent need not be read again."""
        if len(contents) < WORTH_WRITING or len(contents) + len(self.known) < WORTH_KEEPING:
            return
        found = {blob for blob, data in contents.items() if data is not None and is_silent(data)}
        if len(found - self.known) >= WORTH_WRITING:
            self.known |= found
            self._index.keep(_BLOBS, {self._key: "\n".join(sorted(self.known)).encode()}, MOST)


class SilentFiles:
    """Files in a folder, as they were looked at; those that were `seen` a moment ago (path → what it told) then."""

    def __init__(self, common_dir: Path, root: Path, seen: Mapping[str, Looked] = MappingProxyType({})) -> None:
        self._seen, self._top = seen, str(root)
        self._index = Index(common_dir)
        self._key = digest_of(__version__, SILENT, str(root))
        self._sayings = Sayings(self._index, f"files of {root}")

    def all_silent(self, found: Iterator[tuple[str, str]]) -> bool:
        """Whether no file at these paths can speak, as far as that is known; those that changed are read."""
        known = self._known()
        if not known:
            return False
        looks = self._seen or {path: looked_at(path) for path, _name in found}
        top = len(self._top) + 1
        for path in [path for path, looked in looks.items() if looked.told not in known]:
            data = read_found(path, path[top:]).data
            if data is not None and not is_silent(data):
                return False
        return True

    def read(self, found: Iterator[tuple[str, str]]) -> list[BoardFile]:
        """The files at these paths, by their names; a silent one is opened when somebody asks for more."""
        known = self._known()
        files: list[BoardFile] = []
        left: dict[str, _Left] = {}
        silent: list[str] = []
        lacking = 0
        seen, self._seen = self._seen, {}
        for path, name in found:
            looked = seen.get(path) or looked_at(path)
            if looked.told in known:
                silent.append(looked.told)
                folder = name.rpartition("/")[0]
                if folder not in left:
                    left[folder] = _Left(self._sayings.folder(name))
                files.append(left[folder].file(name, looked))
                continue
            now, file = time.time_ns(), read_found(path, name)
            files.append(file)
            settled = name.endswith(".md") and now - looked.changed > SETTLED and "\n" not in looked.told
            if settled and file.data is not None and is_silent(file.data):
                silent.append(looked.told)
                lacking += 1
        if lacking >= WORTH_WRITING and len(files) >= WORTH_KEEPING:
            self._index.keep(_FILES, {self._key: "\n".join(silent).encode(*_AS_NAMED)}, MOST)
        return files

    def _known(self) -> frozenset[str]:
        """What looking at a file told, of each that is known to be silent."""
        body = self._index.get(_FILES, self._key)
        return frozenset(body.decode(*_AS_NAMED).split("\n")) if body else frozenset()


class _Left:
    """The files of one folder that are left unread."""

    def __init__(self, known: Folder) -> None:
        self._known, self._files = known, list[UnreadFile]()
        known.left.append(self)

    def file(self, name: str, looked: Looked) -> UnreadFile:
        """One of them, as it was looked at."""
        file = UnreadFile(name, None, mode_of(looked.mode), keeper=self, told=looked.told)
        self._files.append(file)
        return file

    def kept(self, file: UnreadFile) -> _Kept:
        """Its content."""
        return _Kept(file.told.partition("\0")[0], file.path, file.told, self._known)

    def look(self, file: UnreadFile) -> Look | None:
        """What a look at one of them tells, where that is known."""
        return self._known.look(file.told)

    def __iter__(self) -> Iterator[_Kept]:
        return map(self.kept, self._files)


class _Kept:
    """A file that was looked at."""

    __slots__ = ("_file", "_folder", "_path", "_told")

    def __init__(self, path: str, file: str, told: str, folder: Folder) -> None:
        self._path, self._file, self._told, self._folder = path, file, told, folder

    @property
    def name(self) -> str:
        return self._told

    def read(self) -> bytes:
        return read_found(self._path, self._file).data or b""

    def now(self) -> bytes | None:
        data = read_found(self._path, self._file).data
        return data if self.still() else None

    def still(self) -> bool:
        return looked_at(self._path).told == self._told

    def look(self) -> Look | None:
        return self._folder.look(self.name)
