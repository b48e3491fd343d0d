"""What the plain cards of a folder say, so that a column whose cards are all asked is not read.

A row holds one folder of a board: for each of its contents, under the name that is another when the content is, what a
look at it tells. It is taken apart when a handful of the folder's cards were asked, and written anew when many are not
in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import TYPE_CHECKING

from kanban import __version__
from kanban.again.rows import digest_of
from kanban.model.text.plain_card import look_at
from kanban.repository.kept.index import Index

if TYPE_CHECKING:
    from typing import Protocol

    from kanban.model.text.front.front_fields import Value
    from kanban.model.text.plain_card import Look

    class Content(Protocol):
        """The content of one file."""

        @property
        def name(self) -> str:
            """What is another when the content is."""

        def now(self) -> bytes | None:
            """The content, read; None where it is another by now."""


FEW = 8
"""Cards of a folder that are read one by one: who asks for more of them asks for all."""
WORTH_WRITING = 50
"""A row is written anew when so many cards are not in it."""
MOST = 32
"""Folders that are kept: the last."""
VERSION = 1
"""Grows with every change of the row's form or of what a look tells."""

_KIND = "sayings"


class Sayings:
    """The folders of one board. `which` tells it from others, and its way to name contents.

    With `at_once` a row is asked before any content is read: to start a git for one costs more than a row.
    """

    def __init__(self, index: Index, which: str, *, at_once: bool = False) -> None:
        self._index, self._which, self._at_once = index, which, at_once
        self._folders: dict[str, Folder] = {}

    def folder(self, path: str) -> Folder:
        """The folder of a file."""
        name = path.rpartition("/")[0]
        if name not in self._folders:
            key = digest_of(__version__, str(VERSION), self._which, name)
            self._folders[name] = Folder(self._index, key, 0 if self._at_once else FEW)
        return self._folders[name]


class Folder:
    """The contents of one folder."""

    def __init__(self, index: Index, key: bytes, few: int) -> None:
        self._index, self._key, self._few = index, key, few
        self._asked = 0
        self._learned = False
        self._known: dict[str, Look | None] | None = None
        self.left: list[Iterable[Content]] = []
        """The contents that are left unread, as each reading of the folder has them."""

    def look(self, name: str) -> Look | None:
        """What a look at the content of this name tells; None where that is not known, or another reader must look."""
        self._asked += 1
        if self._asked <= self._few:
            return None
        if self._known is None:
            self._known = self._kept()
        if self._asked > FEW and not self._learned:
            self._learned = True
            lacking = [one for one in chain(*self.left) if one.name not in self._known]
            if len(lacking) >= WORTH_WRITING:
                self._learn(self._known, lacking)
        return self._known.get(name)

    def _kept(self) -> dict[str, Look | None]:
        body = self._index.get(_KIND, self._key)
        return {content: _told(*row) if row else None for content, row in json.loads(body).items()} if body else {}

    def _learn(self, known: dict[str, Look | None], lacking: Iterable[Content]) -> None:
        """Read the contents that are not known, and keep the folder as it is now."""
        for content in lacking:
            data = content.now()
            if data is not None:
                known[content.name] = look_at(data)
        looks = {one.name: known[one.name] for one in chain(*self.left) if one.name in known}
        rows = {name: look and (look[0], _lists(look[0]), look[1]) for name, look in looks.items()}
        self._index.keep(_KIND, {self._key: json.dumps(rows, separators=(",", ":")).encode()}, MOST)


def _lists(said: Mapping[str, Value]) -> list[str]:
    """The fields that are lists: JSON gives back another kind of list."""
    return [key for key, value in said.items() if not isinstance(value, str)]


def _told(said: dict[str, Value], lists: Iterable[str], heading: str) -> Look:
    for key in lists:
        said[key] = tuple(said[key])
    return said, heading
