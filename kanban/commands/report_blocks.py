"""What the terminal reports are made of: titled blocks, plain tables, and lights as coloured words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.table import Table
from rich.text import Text

from kanban.commands.terminal import safe
from kanban.i18n import _
from kanban.metrics.wording import definition_of, light_word, name_of

LIGHTS = {"red": "bold red", "amber": "yellow", "green": "green", "none": ""}


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


def plain_table(*headings: tuple[str, str]) -> Table:
    """A table without frames; each heading with `left`, `right` or `name`.

    Where room is short texts on the left wrap; figures on the right and names one has to type never do.
    """
    table = Table(box=SIMPLE_HEAD, pad_edge=False, collapse_padding=True, show_edge=False)
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
