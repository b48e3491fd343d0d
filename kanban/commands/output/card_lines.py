"""The lines of `kanban list`: one a card where they fit, else a few short ones. Only the next action is ever cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kanban.commands.output.styled import Styled, shorten, styled
from kanban.values import dataclass

ACTION = 3
RIGHT = (4, 5, 7)
LEAST = 12
"""Terminal cells below which a next action says nothing any more: the cards are stacked instead."""
GAP = "  "
INDENT = "  "


@dataclass(frozen=True, slots=True)
class CardRow:
    """One card's cells in the order of the headings; the next action stands at `ACTION`."""

    cells: tuple[Styled, ...]


def card_lines(headings: Sequence[str], rows: Sequence[CardRow], width: int | None) -> Iterator[Styled]:
    """The cards as lines of at most `width` terminal cells; None (a pipe, a file) cuts and stacks nothing."""
    heads = [styled(head, "dim") for head in headings]
    own = [[cell.width for cell in row.cells] for row in rows]  # asked once: they are as many as all cells
    widths = [max(head.width, *[told[at] for told in own]) for at, head in enumerate(heads)]
    if width is not None:
        room = width - sum(widths[:ACTION] + widths[ACTION + 1 :]) - len(GAP) * (len(widths) - 1)
        if room < min(LEAST, widths[ACTION]):
            yield from (line for row in rows for line in _stacked(row, width))
            return
        widths[ACTION] = min(widths[ACTION], room)
    yield _line(heads, [head.width for head in heads], widths)
    yield from (_line(row.cells, told, widths) for row, told in zip(rows, own, strict=True))


def _line(cells: Sequence[Styled], own: Sequence[int], widths: Sequence[int]) -> Styled:
    pieces: list[tuple[str, str]] = []
    for at, (cell, taken, width) in enumerate(zip(cells, own, widths, strict=True)):
        shown = styled(shorten(cell.plain, width)) if taken > width else cell
        blank = (" " * (width - (taken if shown is cell else shown.width)), "")
        pieces += (blank, *shown.pieces) if at in RIGHT else (*shown.pieces, blank)
        pieces.append((GAP, ""))
    return Styled(tuple(pieces))


def _stacked(row: CardRow, width: int) -> Iterator[Styled]:
    """The card's name and figures, wrapped between cells alone, and its next action under them."""
    line = row.cells[0]
    for cell in row.cells[1:ACTION] + row.cells[ACTION + 1 :]:
        if not cell.pieces:
            continue
        if line.width + cell.width + 3 > width:
            yield line
            line = styled(INDENT) + cell
        else:
            line = line + styled(" · ") + cell
    yield line
    if row.cells[ACTION].pieces:
        yield styled(INDENT + shorten(row.cells[ACTION].plain, width - len(INDENT)))
