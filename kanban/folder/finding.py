"""Finds the board a person means: the nearest `board.yml`, or the only one below."""

import os
from collections.abc import Iterator
from pathlib import Path

from kanban.again.files import BOARD_FILE, board_above, has_board
from kanban.errors import Ambiguous, NotFound
from kanban.i18n import _
from kanban.paper.plain import typed

_SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__", "venv", "site-packages"})
_MAX_DEPTH = 6
_MAX_FOLDERS = 20_000


def find_board(start: Path) -> Path:
    """The folder of the board meant when working in `start`.

    The nearest `board.yml` in `start` or above, but not above the repository that encloses it; else the only one below.
    Raises `NotFound`, or `Ambiguous` with the boards' folders when there are several below.
    """
    folder = Path(os.path.abspath(start))
    if not folder.is_dir():
        if not folder.exists():
            raise NotFound(_("there is no folder {path}").format(path=start), cure=_("check the path after -C"))
        folder = folder.parent
    found = board_above(str(folder))
    if found is not None:
        return Path(found)
    return _only_one(folder, sorted(_boards_below(folder)))


def _only_one(folder: Path, boards: list[Path]) -> Path:
    if not boards:
        if os.path.lexists(folder / BOARD_FILE):
            message = _("{path} is a link, a folder or a device").format(path=folder / BOARD_FILE)
            raise NotFound(message, cure=_("put a regular text file in its place"))
        raise NotFound(
            _("no {file} in {folder}, above or below it").format(file=BOARD_FILE, folder=folder),
            cure=_("`kanban init DIR` makes a new board; `-C DIR` points to an existing one"),
        )
    if len(boards) > 1:
        names = [str(board.relative_to(folder)) for board in boards]
        raise Ambiguous(
            _("there are {count} boards here: {boards}").format(count=len(names), boards=", ".join(names)),
            names,
            cure=_("say which one: `kanban -C {board} …`").format(board=typed(names[0])),
        )
    return boards[0]


def _boards_below(start: Path) -> Iterator[Path]:
    seen = 0
    for folder, names, _files in os.walk(start, followlinks=False):
        seen += 1
        if folder != str(start) and has_board(folder):
            yield Path(folder)
            names.clear()
            continue
        depth = len(Path(folder).relative_to(start).parts)
        if depth >= _MAX_DEPTH or seen > _MAX_FOLDERS:
            names.clear()
        names[:] = sorted(name for name in names if not name.startswith(".") and name not in _SKIPPED_FOLDERS)
