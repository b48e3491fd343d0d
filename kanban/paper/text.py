"""The page as plain text for a terminal or a mail."""

from __future__ import annotations

from collections.abc import Callable
from unicodedata import east_asian_width

from kanban.paper.page import Page, Section, more
from kanban.paper.plain import one_line

Paint = Callable[[str, str], str]


def _plain(text: str, _style: str) -> str:
    return text


def text(page: Page, paint: Paint = _plain) -> str:
    """The page, its tables in columns. `paint` colours a text: styles are `verdict`, `title`, `dim`."""
    parts = [paint(one_line(page.verdict), "verdict")]
    if page.note:
        parts.append(one_line(page.note))
    parts += [_section(section, paint) for section in page.sections]
    parts.append(paint(one_line(page.source), "dim"))
    return "\n\n".join(parts) + "\n"


def _section(section: Section, paint: Paint) -> str:
    lines = [paint(one_line(section.title), "title")]
    cells = [tuple(map(one_line, row.cells)) for row in section.rows]
    if not section.head:
        lines += [f"  {' '.join(row)}" for row in cells]
    elif cells:
        widths = [max(map(_width, column)) for column in zip(section.head, *cells, strict=True)]
        lines.append(paint(_aligned(section.head, widths), "dim"))
        lines += [_aligned(row, widths) for row in cells]
    if section.left_out:
        lines.append("  " + more(section))
    return "\n".join(lines)


def _aligned(cells: tuple[str, ...], widths: list[int]) -> str:
    padded = (cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True))
    return ("  " + "  ".join(padded)).rstrip()


def _width(cell: str) -> int:
    """Columns of a terminal that a text takes."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in cell)
