"""Which column a path belongs to: the board's folders, seen from any path git or the disk may hold."""

import re
import unicodedata
from dataclasses import field

from kanban.values import dataclass

CARD_SUFFIX = ".md"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Layout:
    """The folders of a board in column order, each with the key of its column.

    A column may own several folders: the one it has now and those it had before (`formerly:`). Folders are
    posix paths relative to the board, without a slash at either end.
    """

    folders: tuple[tuple[str, str], ...]
    _by_folder: dict[str, str] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        by_folder: dict[str, str] = {}
        for folder, column in self.folders:
            by_folder.setdefault(_normal(folder).strip("/"), column)
        object.__setattr__(self, "_by_folder", by_folder)

    def place(self, path: str) -> tuple[str, str] | None:
        """The column key and card id of a path relative to the board; None when no card can stand there.

        A card is `<folder>/**/<id>.md`: sub-folders (`gagne/2026/acme.md`) are part of the column, a README of
        any case is the column's banner, hidden files are nobody's, and so are names with a line break or another
        control character, which would forge lines wherever they are shown. Ids are in Unicode form NFC, so that a
        name written on a Mac is the same card. When one column's folder lies inside another's, the deeper one owns.
        """
        if not path.endswith(CARD_SUFFIX):
            return None
        folder, _, name = path.rpartition("/")
        stem = name[: -len(CARD_SUFFIX)]
        if not folder or not stem or stem[0] == "." or stem.lower() == "readme":
            return None
        if not stem.isprintable() and _CONTROL.search(stem):
            return None
        column = self._by_folder.get(folder)
        if column is None:
            column = self._column_above(_normal(folder))
            if column is None:
                return None
        return column, _normal(stem)

    def column_of(self, folder: str) -> str | None:
        """The key of the column that owns exactly this folder."""
        return self._by_folder.get(_normal(folder).strip("/"))

    @property
    def names(self) -> frozenset[str]:
        """The folders of all columns, present and former."""
        return frozenset(self._by_folder)

    def _column_above(self, folder: str) -> str | None:
        while folder:
            column = self._by_folder.get(folder)
            if column is not None:
                return column
            if folder.rpartition("/")[2].startswith("."):
                return None
            folder = folder.rpartition("/")[0]
        return None


def _normal(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)
