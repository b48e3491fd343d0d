"""Keeps what a verb made of single files, under the names that are others when their contents are.

One row for all that was made of one board's files and depends on the same words besides: its `board.yml`, the day, the
language. A file that changed is made anew; the row is written again when many were.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kanban import __version__
from kanban.again.rows import digest_of
from kanban.repository.kept.index import Index

if TYPE_CHECKING:
    from kanban.model.cards.boardfile import Kept

WORTH_WRITING = 50
"""Fewer are made as quickly as a row is written."""
MOST = 8
"""Rows that are kept: the last."""

_KIND = "by content"


class ByContent:
    """What was made of a board's files, lists and texts as JSON has them. `told` are the words it depends on besides,

    and the version of the row's form.
    """

    def __init__(self, common_dir: Path, *told: str | bytes) -> None:
        self._index = Index(common_dir)
        self._key = digest_of(__version__, *told)
        body = self._index.get(_KIND, self._key)
        self._known: dict[str, Any] = json.loads(body) if body else {}
        self._made: dict[str, Any] = {}

    def of(self, content: Kept | None, make: Callable[[], Any]) -> Any:
        """What is made of a content, which is made where it is not known; None: nobody can name the content."""
        if content is None:
            return make()
        name = content.name
        found = self._known.get(name)
        if found is None:
            found = make()
            if content.still():
                self._made[name] = found
        return found

    def keep(self, contents: Iterable[Kept | None]) -> None:
        """Keep what was made; `contents` are all of which anything may be asked again."""
        if len(self._made) >= WORTH_WRITING:
            names = {one.name for one in contents if one is not None}
            rows = {name: row for name, row in {**self._known, **self._made}.items() if name in names}
            self._index.keep(_KIND, {self._key: json.dumps(rows, separators=(",", ":")).encode()}, MOST)
