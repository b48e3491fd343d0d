"""What the terminal reports are made of: titled blocks, plain tables, and lights as coloured words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Column, Table
from rich.text import Text

from kanban.commands.output.console import AMBER
from kanban.i18n import _
from kanban.metrics.suspicion import Suspicion
from kanban.metrics.suspicion_wording import suspicion_lines
from kanban.metrics.wording import definition_of, light_word, name_of
from kanban.paper.plain import safe
from kanban.values import dataclass

LIGHTS = {"red": "bold red", "amber": AMBER, "green": "green", "none": ""}


@dataclass(frozen=True)
class Prose:
    """A paragraph, folded at plain spaces only: a French sign keeps to the word before it."""

    text: str
    style: str = ""
    indent: int = 2

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        """The lines, as wide as there is room for."""
        margin = " " * self.indent
        line = ""
        for part in self.text.split(" "):
            longer = f"{line} {part}" if line else margin + part
            if line and cell_len(longer) > options.max_width:
                yield Text(line, style=self.style)
                longer = margin + part
            line = longer
        yield Text(line, style=self.style)


def section(title: str, content: RenderableType, definition: str = "") -> Group:
    """A titled block with its definition below."""
    parts: list[RenderableType] = [Text(""), Text(title, style="bold"), content]
    if definition:
        parts.append(Prose(definition, style="dim"))
    return Group(*parts)


class FittingTable(Table):
    """A table that becomes a list where the terminal is too narrow for its figures: nothing is cut off."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The table, or a few lines for each row: its first cell, then every other with its heading."""
        if sum(map(self._least, self.columns)) <= options.max_width:
            yield from super().__rich_console__(console, options)
            return
        headings = [_text(column.header) for column in self.columns]
        for cells in zip(*(map(_text, column.cells) for column in self.columns), strict=True):
            line = Text(" · ").join(cells[0].split("\n"))
            for heading, cell in zip(headings[1:], cells[1:], strict=True):
                if not cell.plain:
                    continue
                said = Text.assemble((f"{heading.plain} ", "dim"), cell) if heading.plain else cell
                said = Text(" · ").join(said.split("\n"))
                if cells[0].plain.count("\n") or line.cell_len + said.cell_len + 3 > options.max_width:
                    yield line
                    line = Text("  ") + said
                else:
                    line = line + Text(" · ") + said
            yield line

    def _least(self, column: Column) -> int:
        """The cells below which the column would be cut, or its words broken; its gap to the next one with it."""
        lines = [line for cell in (column.header, *column.cells) for line in _text(cell).plain.split("\n")]
        widest = max(map(cell_len, lines), default=0)
        word = max((cell_len(part) for line in lines for part in line.split(" ")), default=0)
        return (widest if column.no_wrap else min(widest, max(word, column.min_width or 0))) + 2


def _text(cell: RenderableType) -> Text:
    return cell if isinstance(cell, Text) else Text(str(cell))


def plain_table(*headings: tuple[str, str]) -> FittingTable:
    """A table without frames; each heading with `left`, `right` or `name`.

    Where room is short texts on the left wrap; figures on the right and names one has to type never do.
    """
    table = FittingTable(box=SIMPLE_HEAD, pad_edge=False, collapse_padding=True, show_edge=False)
    for heading, side in headings:
        if side == "left":
            table.add_column(heading, min_width=12 if heading else 6)
        else:
            table.add_column(heading, justify="right" if side == "right" else "left", no_wrap=True)
    return table


def word(text: str) -> str:
    """Card text for one cell of a table: harmless, and in one line."""
    return safe(text).replace("\n", " ")


def lit(light: str) -> Text:
    """A light as a coloured word."""
    return Text(light_word(light), style=LIGHTS[light])


def definitions_of(*names: str) -> str:
    """Several definitions in one line, each with its name."""
    return " · ".join(_("{name}: {text}").format(name=name_of(name), text=definition_of(name)) for name in names)


def suspicious(found: Sequence[Suspicion]) -> Iterator[Prose]:
    """Beside numbers: the commits whose dates they should not trust."""
    for line in suspicion_lines(found):
        yield Prose(word(line), style=AMBER)
