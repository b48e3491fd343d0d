"""Cards in the command palette: by name, wherever they stand."""

from __future__ import annotations

from functools import partial
from typing import Protocol, cast

from textual.command import Hit, Hits, Provider
from textual.content import Content

from kanban.hands.wall import Wall
from kanban.paper.plain import one_line


class OfBoard(Protocol):
    """What the palette asks of the board."""

    wall: Wall

    def go_to(self, card: str) -> None:
        """Put the cursor on a card."""


class CardCommands(Provider):
    """Puts the cursor on a card."""

    async def search(self, query: str) -> Hits:
        """The open cards whose name fits."""
        board, matcher = cast("OfBoard", self.app), self.matcher(query)
        for column in board.wall.columns:
            for card in column.cards:
                name = one_line(card.label)
                score = max(matcher.match(name), matcher.match(card.id))
                if score > 0:
                    shown = Content.assemble(Content.styled(name, "bold"), f"  {one_line(column.title)}")
                    yield Hit(score, shown, partial(board.go_to, card.id), text=name)
