"""The past of a board, begun before it is asked for: beside what is judged, or before its files are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import islice
from pathlib import Path

from kanban.again.files import files_below
from kanban.beside import Letter, may_fork
from kanban.commands.base.session import Session
from kanban.folder.reading import read_file
from kanban.model.cards.assembly import layout_of
from kanban.model.cards.board import Board
from kanban.model.settings.board_yml import BOARD_FILE, BoardConfig, read_config
from kanban.repository.git.repository import Repository
from kanban.repository.read.log import WORTH_BEGINNING, begin, say_renames
from kanban.repository.read.source import Looked


def begun_history(repository: Repository, board: Board, prefix: str, revision: str, *, cached: bool) -> Looked:
    """The past of a board that was read, where nothing is known of it; to be given to `history_of`."""
    return begin(
        repository,
        cards=lambda: len(board.cards),
        prefix=prefix.rstrip("/"),
        layout=layout_of(board.config),
        renames=lambda: board.renames,
        revision=revision,
        first_parent=board.config.history.first_parent,
        cached=cached,
    )


def begun_early(
    session: Session, root: Path, repository: Repository, asks_past: Callable[[BoardConfig], bool]
) -> Callable[[Mapping[str, str]], Looked] | None:
    """The past of the board in a folder whose files are not read yet, where its settings ask for it.

    It waits for the former names of the cards, which are to be said to what comes back; None where nothing was begun.
    """
    config = read_config(read_file(root, BOARD_FILE).data or b"")[0] if may_fork() else None
    if config is None or not asks_past(config):
        return None
    letter = Letter()
    looked = begin(
        repository,
        cards=lambda: sum(1 for _file in islice(files_below(str(root)), WORTH_BEGINNING)),
        prefix=repository.prefix_of(root).rstrip("/"),
        layout=layout_of(config),
        renames=letter,
        revision="HEAD",
        first_parent=config.history.first_parent,
        cached=session.settings.cached,
    )

    def said(renames: Mapping[str, str]) -> Looked:
        say_renames(letter, renames)
        return looked

    return said if looked.begun is not None else None
