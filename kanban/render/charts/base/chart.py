"""One chart: its title is a sentence that says what it shows, its note says of what, its table holds the figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Spec = dict[str, Any]

LINK = "https://site.invalid/"
"""Stands before a page's address in a specification; replaced by the way to the site's top when the chart is drawn."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; with `href`, the address of a page of the site."""

    text: str
    href: str = ""
    figure: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The figures behind a chart. The first cell of a row is its heading."""

    headers: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Behind:
    """The cards behind the mark that says `said`: `count` of them, the first by name."""

    said: str
    cards: tuple[Cell, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart before it is drawn. `spec` is None where there is nothing to draw yet, and `note` then says why.

    `behind` leads from its marks to cards; `over_time`: its marks are days or weeks, of which a
    stretch can be picked; "" where they are neither.
    """

    name: str
    title: str
    note: str
    spec: Spec | None
    table: Table
    behind: tuple[Behind, ...] = ()
    over_time: Literal["", "day", "week"] = ""


def dated(day: date, words: str) -> str:
    """What a mark says, with its day for the script that picks stretches of days; `drawing` takes them apart."""
    return f"{day.isoformat()}|{words}"


def table(headers: Sequence[str], rows: Sequence[Sequence[str | Cell]]) -> Table:
    """A table of words in the first column and figures in the others, unless a cell says otherwise."""
    heads = tuple(Cell(head, figure=at > 0) for at, head in enumerate(headers))
    return Table(heads, tuple(tuple(_cell(one, at) for at, one in enumerate(row)) for row in rows))


def _cell(value: str | Cell, at: int) -> Cell:
    return value if isinstance(value, Cell) else Cell(value, figure=at > 0)
