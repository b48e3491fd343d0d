"""What happens to a file: values that gestures make and whoever writes them carries out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field

from kanban.values import dataclass

Edit = Callable[[bytes], bytes]
"""Turns a file's bytes into the edited ones; raises `EditConflict` when it cannot."""


def edits(*steps: Edit) -> Edit:
    """One edit made of several, applied in turn."""

    def apply(data: bytes) -> bytes:
        for step in steps:
            data = step(data)
        return data

    return apply


@dataclass(frozen=True, slots=True)
class PathChange:
    """One path's fate. Paths are posix and relative to the board; a publication's, to the top of the repository.

    Exactly one of these is meant:

    - `data` alone: a new file with these bytes (as they stand on disk); the path must not exist yet.
    - `data` and `expected`: the file is replaced, provided that its bytes are still `expected`.
    - `edit` alone: the file is edited in place, whatever it holds now.
    - `moved_from` alone: the file moves as it is. Its blob id is used again, so that no attribute and no line-end
      conversion can turn the move into an edit.
    - `moved_from` with `edit` (or with `data` and `expected`): the file moves and changes in the same commit.
    - nothing: the file is removed.

    `expected`, when given, is what the file (the old path of a move) must hold on disk; otherwise `EditConflict`.

    `edit` is preferred over `data` for files that exist: it is applied to each version of the file by itself (the
    committed one, the staged one, the one on disk), so that edits that the user has not committed stay uncommitted.
    """

    path: str
    data: bytes | None = None
    moved_from: str | None = None
    edit: Edit | None = field(default=None, compare=False)
    expected: bytes | None = None

    @classmethod
    def created(cls, path: str, data: bytes) -> PathChange:
        """A file that does not exist yet."""
        return cls(path, data)

    @classmethod
    def edited(cls, path: str, edit: Edit) -> PathChange:
        """A file that stays where it is."""
        return cls(path, edit=edit)

    @classmethod
    def moved(cls, old: str, new: str, edit: Edit | None = None) -> PathChange:
        """A file that goes from `old` to `new`, edited on the way if `edit` is given."""
        return cls(new, moved_from=old, edit=edit)

    @classmethod
    def removed(cls, path: str) -> PathChange:
        """A file that disappears."""
        return cls(path)

    @property
    def is_removal(self) -> bool:
        """Whether the path disappears."""
        return self.data is None and self.edit is None and self.moved_from is None

    @property
    def is_creation(self) -> bool:
        """Whether the path must not exist yet."""
        return self.moved_from is None and self.data is not None and self.expected is None

    @property
    def source(self) -> str:
        """The path that the content comes from."""
        return self.moved_from or self.path
