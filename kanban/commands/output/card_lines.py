"""The lines of `kanban list`: one a card where they fit, else a few short ones. Only the next action is ever cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from kanban.commands.output.console import shorten
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

    cells: tuple[Text, ...]


def card_lines(headings: Sequence[str], rows: Sequence[CardRow], width: int | None) -> Iterator[Text]:
    """The cards as lines of at most `width` terminal cells; None (a pipe, a file) cuts and stacks nothing."""
    widths = [
        max(head.cell_len, *(row.cells[at].cell_len for row in rows)) for at, head in enumerate(map(Text, headings))
    ]
    if width is not None:
        room = width - sum(widths[:ACTION] + widths[ACTION + 1 :]) - len(GAP) * (len(widths) - 1)
        if room < min(LEAST, widths[ACTION]):
            yield from (line for row in rows for line in _stacked(row, width))
            return
        widths[ACTION] = min(widths[ACTION], room)
    yield _line([Text(head, style="dim") for head in headings], widths)
    yield from (_line(row.cells, widths) for row in rows)


def _line(cells: Sequence[Text], widths: Sequence[int]) -> Text:
    line = Text()
    for at, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        shown = Text(shorten(cell.plain, width), style=cell.style) if at == ACTION else cell
        blank = " " * (width - shown.cell_len)
        line.append(GAP if at else "")
        line.append_text(Text(blank) + shown if at in RIGHT else shown + Text(blank))
    line.rstrip()
    return line


def _stacked(row: CardRow, width: int) -> Iterator[Text]:
    """The card's name and figures, wrapped between cells alone, and its next action under them."""
    line = row.cells[0]
    for cell in row.cells[1:ACTION] + row.cells[ACTION + 1 :]:
        if not cell.plain:
            continue
        if line.cell_len + cell.cell_len + 3 > width:
            yield line
            line = Text(INDENT) + cell
        else:
            line = line + Text(" · ") + cell
    yield line
    if row.cells[ACTION].plain:
        yield Text(INDENT + shorten(row.cells[ACTION].plain, width - len(INDENT)))
