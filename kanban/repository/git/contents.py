"""What one process was told by git and may ask again: listings, contents; and contents that are left unread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kanban.model.cards.boardfile import SIZE_CAP, BoardFile, UnreadFile
from kanban.repository.git import objects
from kanban.repository.git.objects import WORTH_LEAVING, TreeEntry, read_blobs
from kanban.repository.git.processes import Conversation

if TYPE_CHECKING:
    from typing import Any, Protocol

    from kanban.model.text.plain_card import Look
    from kanban.repository.git.command import GitCommand

    class Silent(Protocol):
        """Who knows which contents say nothing of former names."""

        known: frozenset[str]

        def learn(self, contents: Mapping[str, bytes | None]) -> None:
            """Look at contents that were read."""

        def folder(self, path: str) -> Folder:
            """What is known of the contents beside a file."""

    class Folder(Protocol):
        """What is known of the contents of one folder."""

        left: list[Iterable[Any]]

        def look(self, name: str) -> Look | None:
            """What a look at the one of this name tells, where that is known."""


_LISTINGS = 4
"""Listings that are remembered at most."""
FEW = 50
"""Contents that are asked for one by one before their whole folder is read."""
HANDFUL = 10


class Seen:
    """What one process asked git for and may ask again: the last listings, and the last snapshot's contents."""

    def __init__(self) -> None:
        self._listings: dict[tuple[object, ...], list[TreeEntry]] = {}
        self._contents: dict[str, bytes | None] = {}
        self.silent: Silent | None = None
        self._one_by_one: Conversation | None = None

    @property
    def leaves_most_unread(self) -> bool:
        """Whether so many contents are known that single ones will be asked for."""
        return self.silent is not None and len(self.silent.known) >= WORTH_LEAVING

    def one_by_one(self, git: GitCommand) -> Conversation:
        """Who is asked for single contents."""
        self._one_by_one = self._one_by_one or Conversation(git)
        return self._one_by_one

    def listing(self, key: tuple[object, ...], ask: Callable[[], list[TreeEntry]]) -> list[TreeEntry]:
        """The listing under a key that names its content."""
        if key not in self._listings:
            while len(self._listings) >= _LISTINGS:
                del self._listings[next(iter(self._listings))]
            self._listings[key] = ask()
        return list(self._listings[key])

    def files(
        self, git: GitCommand, entries: Sequence[TreeEntry], at_hand: Iterable[bytes] = ()
    ) -> tuple[BoardFile, ...]:
        """The files of a snapshot; what the one before held too, or is `at_hand`, is not read again."""
        known = {**self._contents, **objects.ids_of(at_hand, entries[0].blob)} if entries else self._contents
        later = Later(git, SIZE_CAP, self.silent, self.one_by_one(git)) if self.silent is not None else None
        found, self._contents = objects.board_files(git, entries, SIZE_CAP, known, later)
        if self.silent is not None:
            self.silent.learn(self._contents)
        return found


class Later:
    """Contents of blobs that are known to be silent, read when one of them is asked for.

    The first ones one by one, of a git that is asked for one after the other. Then with the whole folder, and smaller
    ones as long as all are few: who asks for one open column asks for the others.
    """

    def __init__(self, git: GitCommand, limit: int, silent: Silent, one_by_one: Conversation) -> None:
        self._git, self._limit, self.silent, self._one_by_one = git, limit, silent, one_by_one
        self._folders: dict[str, list[str]] = {}
        self._left: dict[str, _Left] = {}
        self._contents: dict[str, bytes | None] = {}
        self._asked = 0

    @property
    def known(self) -> frozenset[str]:
        """The ids of contents that are known to be silent."""
        return self.silent.known

    def file(self, entry: TreeEntry) -> UnreadFile:
        """The file of an entry, unread."""
        mode, blob, path, stage = entry
        folder = path.rpartition("/")[0]
        left = self._left.get(folder)
        if left is None:
            blobs = self._folders.setdefault(path.partition("/")[0], [])
            left = self._left[folder] = _Left(self, self.silent.folder(path), blobs)
        file = UnreadFile(path, None, mode, blob, stage, keeper=left)
        left.files.append(file)
        left.blobs.append(blob)
        return file

    def few(self, blobs: Sequence[str]) -> dict[str, bytes | None]:
        """Contents that are no question of a folder: a handful is asked one by one."""
        told = self._one_by_one.several(dict.fromkeys(blobs)) if len(blobs) <= HANDFUL else None
        if told is None:
            return read_blobs(self._git, blobs, self._limit)
        return {blob: data if len(data) <= self._limit else None for blob, data in told.items()}

    def read(self, path: str, blob: str) -> bytes:
        if blob not in self._contents:
            self._asked += 1
            data = self._one_by_one.content(blob) if self._asked <= FEW else None
            if data is not None and len(data) <= self._limit:
                self._contents[blob] = data
                return data
            asked = list(self._folders.pop(path.partition("/")[0], ())) or [blob]
            for folder, blobs in sorted(self._folders.items(), key=lambda one: len(one[1])):
                if len(asked) + len(blobs) > WORTH_LEAVING:
                    break
                asked += self._folders.pop(folder)
            self._contents |= read_blobs(self._git, asked, self._limit)
        return self._contents.get(blob) or b""


class _Left:
    """The files of one folder that are left unread; `blobs` are those of its whole column."""

    def __init__(self, later: Later, known: Folder, blobs: list[str]) -> None:
        self._later, self._known, self.blobs, self.files = later, known, blobs, list[UnreadFile]()
        known.left.append(self)

    def kept(self, file: UnreadFile) -> _Kept:
        """The content of one of them."""
        return _Kept(self._later, file.path, file.blob, self._known)

    def look(self, file: UnreadFile) -> Look | None:
        """What a look at one of them tells, where that is known."""
        return self._known.look(file.blob)

    def __iter__(self) -> Iterator[_Kept]:
        return map(self.kept, self.files)


class _Kept:
    """A blob that is left unread."""

    __slots__ = ("_folder", "_later", "_path", "name")

    def __init__(self, later: Later, path: str, blob: str, folder: Folder) -> None:
        self._later, self._path, self.name, self._folder = later, path, blob, folder

    def read(self) -> bytes:
        return self._later.read(self._path, self.name)

    now = read

    def still(self) -> bool:
        return True

    def look(self) -> Look | None:
        return self._folder.look(self.name)
