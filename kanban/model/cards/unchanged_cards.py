"""Cards read before, for whoever reads the same board again and again: only files that differ are read anew."""

from datetime import date

from kanban.model.cards.boardfile import SILENT, BoardFile
from kanban.model.cards.card import Card
from kanban.model.cards.read_card import Taking
from kanban.model.settings.board_yml import BoardConfig


class CardMemory:
    """The cards of the last reading by path; another configuration or day empties it: both change what is read."""

    def __init__(self) -> None:
        self._context: tuple[BoardConfig, date | None] | None = None
        self._cards: dict[str, tuple[BoardFile, Card]] = {}

    def read(self, file: BoardFile, card_id: str, column: str, config: BoardConfig, anchor: date | None) -> Card:
        """The card in `file`: the one remembered when the file is the same, else a new one, read when it is asked."""
        context = self._context
        if context is None or context[0] is not config or context[1] != anchor:
            self._begin(config, anchor)
        known = self._cards.get(file.path)
        if known is not None and known[0] == file:
            return known[1]
        taking = Taking(file, card_id, column, config, anchor)
        card = taking() if not file.lacks(SILENT) and file.data is None else Card.unread(card_id, column, file, taking)
        self._cards[file.path] = file, card
        return card

    def _begin(self, config: BoardConfig, anchor: date | None) -> None:
        if self._context != (config, anchor):
            self._cards = {}
        self._context = config, anchor
