"""The banners of columns, as they stand and as they should."""

from kanban.lint.fixes import Change
from kanban.model.cards.board import Board
from kanban.model.cards.boardfile import BoardFile
from kanban.model.settings.board_yml import BoardConfig
from kanban.model.settings.columns import Column
from kanban.pull.banner import BANNER_FILE, banner


def banner_of(board: Board, column: Column) -> tuple[str, BoardFile | None]:
    """The banner's path and file; None when the column has none, whatever the case of its name."""
    path = f"{column.directory}/{BANNER_FILE}"
    found = next((file for name, file in board.files.items() if name.casefold() == path.casefold()), None)
    return (found.path, found) if found is not None else (path, None)


def rebuilding(column: Column, config: BoardConfig) -> Change:
    """The change that writes the banner as the board says."""

    def change(_data: bytes | None) -> bytes | None:
        return banner(column, config)

    return change
