"""The raw files a board is assembled from, wherever they were read: working tree, index, revision or editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanban.values import dataclass

if TYPE_CHECKING:
    from typing import Protocol

    from kanban.model.text.plain_card import Look

    class Kept(Protocol):
        """Where the content of a file is that was not read."""

        @property
        def name(self) -> str:
            """What is another when the content is."""

        def still(self) -> bool:
            """Whether the content is the one of that name by now."""

        def read(self) -> bytes:
            """The content."""

        def look(self) -> Look | None:
            """What `look_at` tells of it, where that is known without reading it."""

    class Keeper(Protocol):
        """Who knows where the contents of a folder's files are: one for all of them."""

        def kept(self, file: UnreadFile) -> Kept:
            """The content of one of them."""

        def look(self, file: UnreadFile) -> Look | None:
            """What `look_at` tells of one of them, where that is known without reading it."""


REGULAR_MODE = "100644"
EXECUTABLE_MODE = "100755"
SYMLINK_MODE = "120000"
SUBMODULE_MODE = "160000"
SIZE_CAP = 256 * 1024
"""Bytes of a board file that are read at most; a larger one is named, not read."""

ATTACHED = "attached"
"""The note of such a file, which is named and never opened for a board."""

LARGEST = 8_000_000
"""Bytes of a file that a board keeps at most: every copy of the board carries it for ever, and it is searched whole
when somebody asks what is known of them."""


@dataclass(frozen=True, slots=True)
class BoardFile:
    """One file of a board, as bytes.

    `path` is posix and relative to the board's root. `mode` is git's (`100644`, `100755`, `120000`, `160000`; `""`
    for what git would not store, like a pipe). `blob` is git's id of the content, `""` when git was not asked.
    `stage` is 0, or 1 to 3 for the sides of an unfinished merge in the index (base, ours, theirs).
    `data` is None when the content was not read: then `note` says why (`symlink`, `submodule`, `special`, `too-large`,
    `unreadable`, `missing`, `attached`). `size` is told of the last alone, in bytes.
    """

    path: str
    data: bytes | None
    mode: str = REGULAR_MODE
    blob: str = ""
    stage: int = 0
    note: str = ""
    size: int = 0

    def lacks(self, word: str) -> bool:
        """Whether it is known, without reading anything, that nothing of the file says `word`."""
        return False

    def look(self) -> Look | None:
        """What `look_at` tells of its content, where that is known without reading it."""
        return None

    @property
    def kept(self) -> Kept | None:
        """The content by its name, where it has one and nobody need read it."""
        return None


SILENT = "formerly"
"""The word that is asked of every card of a board; files without it are left unread until somebody asks for more."""


def is_silent(data: bytes) -> bool:
    """Whether no field of a file can say `SILENT`: where there is a backslash any letter may be written otherwise."""
    return SILENT.encode() not in data and b"\\" not in data


class UnreadFile(BoardFile):
    """A regular file that is known not to say `SILENT`, and is read when its content is asked for."""

    __slots__ = ("_content", "_keeper", "told")
    _content: bytes | None
    _keeper: Keeper | None
    told: str
    """What looking at the file told, where it lies on a disk."""

    def __init__(
        self,
        path: str,
        data: bytes | None = None,
        mode: str = REGULAR_MODE,
        blob: str = "",
        stage: int = 0,
        note: str = "",
        size: int = 0,
        *,
        keeper: Keeper | None = None,
        told: str = "",
    ) -> None:
        set_path(self, path)
        set_mode(self, mode)
        set_blob(self, blob)
        set_stage(self, stage)
        set_note(self, note)
        set_size(self, size)
        set_content(self, data)
        set_keeper(self, keeper)
        set_told(self, told)

    @property
    def data(self) -> bytes | None:
        """The content."""
        kept = self.kept if self._content is None else None
        if kept is not None:
            set_content(self, kept.read())
        return self._content

    @property
    def kept(self) -> Kept | None:
        return None if self._keeper is None else self._keeper.kept(self)

    def lacks(self, word: str) -> bool:
        return word == SILENT

    def look(self) -> Look | None:
        return self._keeper.look(self) if self._keeper is not None and self._content is None else None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, BoardFile):
            return NotImplemented  # Python then asks the other side
        place = (self.path, self.mode, self.stage, self.note) == (other.path, other.mode, other.stage, other.note)
        if not place or (self.blob and other.blob and self.blob != other.blob):
            return False
        return bool(self.blob and self.blob == other.blob) or (self.blob == other.blob and self.data == other.data)

    def __hash__(self) -> int:
        return hash((self.path, self.data, self.mode, self.blob, self.stage, self.note, self.size))


_every, _own = BoardFile.__dict__, UnreadFile.__dict__
set_path, set_mode, set_blob = (_every[name].__set__ for name in ("path", "mode", "blob"))
set_stage, set_note, set_size = (_every[name].__set__ for name in ("stage", "note", "size"))
set_content, set_keeper, set_told = (_own[name].__set__ for name in ("_content", "_keeper", "told"))
"""How a field is set in a value that nobody else may change: ten thousand of them are made at once."""
