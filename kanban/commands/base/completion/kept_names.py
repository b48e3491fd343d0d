"""The names of a board's cards and columns as kept in the index: what TAB asks, without reading a card that is known.

A card's file is known by its size and the time of its last change. Whatever changed too lately for that time to tell is
read again, and so is everything when `board.yml` changed.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any, NamedTuple

from kanban import __version__
from kanban.folder.reading import list_folder
from kanban.repository.kept.index import Index, folders_above

_KIND = "names"
_TOO_LATE = 2_000_000_000
"""Nanoseconds: the coarsest clock of a file system people use."""


class NamedCard(NamedTuple):
    """A card as far as it is named."""

    id: str
    account: str
    title: str
    label: str
    is_open: bool


class Names(NamedTuple):
    """The cards in the board's order, and the columns: key and title."""

    cards: tuple[NamedCard, ...]
    columns: dict[str, str]


def names_of(root: Path) -> Names:
    """The names on the board in `root`. Raises KanbanError and OSError as reading the board does."""
    found = folders_above(root)
    if found is None:
        return _built(_read(root, {}, None))
    index, row = Index(found.common_dir), os.fsencode(os.path.realpath(root))
    known = _loaded(index.get(_KIND, row))
    files = {path: list(told) for path, told in list_folder(root).items()}
    if known is not None and known["files"].get("board.yml") != files.get("board.yml"):
        known = None
    if known is None or known["files"] != files:
        known = _read(root, files, known)
        index.keep(_KIND, {row: json.dumps(known).encode()})
    return _built(known)


def _loaded(body: bytes | None) -> dict[str, Any] | None:
    known = json.loads(body) if body else None
    return known if known and known["program"] == __version__ else None


def _read(root: Path, files: dict[str, list[int]], known: dict[str, Any] | None) -> dict[str, Any]:
    """Names as they are kept; of cards known by their file's size and time nothing is read."""
    # What reads a board is loaded only where a file changed.
    from kanban.folder.reading import read_file, read_folder
    from kanban.model.cards.assembly import config_from, layout_of
    from kanban.model.cards.read_card import read_card

    began = time.time_ns()
    config, _problems = config_from({"board.yml": read_file(root, "board.yml")})
    layout, order = layout_of(config), {column.key: at for at, column in enumerate(config.columns)}
    before = known["cards"] if known else {}
    same = {path for path in files if known and known["files"].get(path) == files[path]}
    cards: dict[str, list[Any]] = {path: told for path, told in before.items() if path in same}
    for file in [read_file(root, path) for path in files if path not in same] if files else read_folder(root):
        place = layout.place(file.path)
        if place is not None:
            card = read_card(file, place[1], place[0], config)
            column = config.columns[order[card.column]]
            cards[file.path] = [order[card.column], card.id, card.account, card.title, card.label, column.is_open]
    return {
        "program": __version__,
        "columns": {column.key: column.title for column in config.columns},
        "cards": cards,
        "files": {path: one if one[1] < began - _TOO_LATE else [-1, -1] for path, one in files.items()},
    }


def _built(known: dict[str, Any]) -> Names:
    cards = sorted(known["cards"].items(), key=lambda item: (item[1][0], item[1][1], item[0]))
    return Names(tuple(NamedCard(*told[1:]) for _path, told in cards), known["columns"])
