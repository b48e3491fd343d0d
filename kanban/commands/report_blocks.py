"""What the terminal reports are made of: titled blocks, plain tables, and lights as coloured words."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kanban.commands.terminal import safe
from kanban.i18n import _
from kanban.metrics.wording import definition_of, light_word, name_of

LIGHTS = {"red": "bold red", "amber": "yellow", "green": "green", "none": ""}


def section(title: str, content: RenderableType, definition: str = "") -> Group:
    """A titled block with its definition in one line below."""
    parts: list[RenderableType] = [Text(""), Text(title, style="bold"), content]
    if definition:
        parts.append(Padding(Text(definition, style="dim"), (0, 0, 0, 2)))
    return Group(*parts)


def plain_table(*headings: tuple[str, str]) -> Table:
    """A table without frames; each heading with `left` or `right`. Where room is short, texts wrap, never figures."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, collapse_padding=True, show_edge=False)
    for heading, side in headings:
        table.add_column(
            heading,
            justify="right" if side == "right" else "left",
            no_wrap=side == "right",
            min_width=None if side == "right" else 6,
        )
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
