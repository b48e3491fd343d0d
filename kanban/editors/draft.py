"""A file that is open in an editor, as it stands there: saved or not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from kanban.editors.desk import Desk
from kanban.editors.text import Text
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.settings.board_yml import BOARD_FILE
from kanban.model.text.cardfile import Document, parse_document


@dataclass(frozen=True)
class Draft:
    """`path` is relative to the board, `content` what the editor holds."""

    desk: Desk
    uri: str
    path: str
    content: str
    encoding: str = "utf-16"
    version: int | None = None

    @cached_property
    def text(self) -> Text:
        """The text with its lines."""
        return Text(self.content, self.encoding)

    @cached_property
    def data(self) -> bytes:
        """The bytes that saving would write."""
        return self.content.encode("utf-8", "surrogatepass")

    @cached_property
    def card(self) -> Card | None:
        """The card it is; None for another file."""
        return self.desk.card_in(self.path, self.data)

    @cached_property
    def document(self) -> Document:
        """The same before its fields are understood."""
        return parse_document(self.data)

    @property
    def board(self) -> Board:
        """The board as it is saved."""
        return self.desk.board

    @property
    def is_settings(self) -> bool:
        """Whether it is the board's configuration."""
        return self.path == BOARD_FILE

    @property
    def is_saved(self) -> bool:
        """Whether the file on disk holds the same."""
        file = self.desk.source.files.get(self.path)
        return file is not None and file.data == self.data
