"""Cards in the command palette: by name, wherever they stand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import Hit, Hits, Provider
from textual.content import Content

from kanban.paper.plain import one_line

if TYPE_CHECKING:
    from kanban.terminal.app import Board


class CardCommands(Provider):
    """Puts the cursor on a card."""

    async def search(self, query: str) -> Hits:
        """The open cards whose name fits."""
        board, matcher = cast("Board", self.app), self.matcher(query)
        for column in board.wall.columns:
            for card in column.cards:
                name = one_line(card.label)
                score = max(matcher.match(name), matcher.match(card.id))
                if score > 0:
                    shown = Content.assemble(Content.styled(name, "bold"), f"  {one_line(column.title)}")
                    yield Hit(score, shown, partial(board.go_to, card.id), text=name)
