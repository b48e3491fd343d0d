"""The page as text: for a terminal in colours, for a pipe or a mail without."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

from kanban.paper.length import more
from kanban.paper.page import Command, Entry, Page, Section, Styled
from kanban.paper.plain import one_line

Paint = Callable[[str, str], str]
"""Gives a text its style: `title`, `section`, `strong`, `dim`, a light, or the style of a `Styled` text."""

_MARKS = {"red": "!", "amber": "?", "green": "+", "": "-"}


def plain(text: str, _style: str) -> str:
    """Paint that leaves no trace."""
    return text


def text(page: Page, paint: Paint = plain, width: int | None = None) -> str:
    """The page, its tables in columns; sentences are wrapped to a `width`, tables and what is to be typed never."""
    blocks = [_heading(page, paint, width), "\n".join(_wrapped(page.note, width, 0))]
    blocks += ["\n".join(section_lines(section, paint, width)) for section in page.sections]
    blocks.append(paint(one_line(page.foot), "dim") if page.foot else "")
    said = "\n\n".join(block for block in blocks if block)
    return said + "\n" if said else ""


def _heading(page: Page, paint: Paint, width: int | None) -> str:
    title = one_line(page.verdict or page.title)
    if page.lead and (page.verdict or (width and len(f"{title} · {one_line(page.lead)}") > width)):
        return f"{paint(title, 'title')}\n{one_line(page.lead)}"
    lead = paint(f" · {one_line(page.lead)}", "dim") if page.lead else ""
    return paint(title, "title") + lead if title else ""


def section_lines(section: Section, paint: Paint, width: int | None = None) -> Iterator[str]:
    """One section, line by line. What stands under a title is set in."""
    margin = "  " if section.title else ""
    if section.title:
        yield _painted(section.title, paint, "section")
    yield from (paint(f"  {line}", "dim") for line in _wrapped(section.note, width, 4))
    for entry in section.entries:
        yield from entry_lines(entry, paint, width)
    if section.empty and not section.entries:
        yield paint(margin + one_line(section.empty), "dim")
    yield from _table(section, paint, margin) if section.head else _list(section, paint, margin, width)
    if section.left_out:
        yield margin + more(section)
    yield from (f"    {one_line(line)}".rstrip() for line in section.text.splitlines())


def entry_lines(entry: Entry, paint: Paint, width: int | None = None) -> Iterator[str]:
    """One entry: its mark, the card's id, the head; what stands under it; what to type."""
    card = one_line(entry.card)
    first, *rest = _wrapped(f"{card}  {entry.head}" if card else entry.head, width, 4) or [""]
    if card and first.startswith(card):
        first = paint(card, "strong") + first[len(card) :]
    yield f"  {paint(_MARKS[entry.light], entry.light or 'strong')} {first}"
    yield from (f"      {line}" for line in rest)
    for said in entry.lines:
        yield from (f"      {line}" for line in _wrapped(said, width, 6))
    for command in entry.commands:
        yield paint(f"      → {one_line(command)}", "dim")


def _wrapped(said: str, width: int | None, margin: int) -> list[str]:
    line = one_line(said)
    if width is None:
        return [line] if line else []
    from textwrap import wrap

    return wrap(line, max(20, width - margin), break_on_hyphens=False)


def _list(section: Section, paint: Paint, margin: str, width: int | None) -> Iterator[str]:
    for row in section.rows:
        styles = {_style(cell) for cell in row.cells}
        if isinstance(row.cells[-1], Command):
            # What is to be typed stands a step further in than what it is good for.
            yield margin * 2 + " ".join(_painted(cell, paint) for cell in row.cells)
        elif width is None or len(styles) > 1:
            yield margin + " ".join(_painted(cell, paint) for cell in row.cells)
        else:
            lines = _wrapped(" ".join(row.cells), width, 4)
            yield from (margin + _painted(Styled(line, *styles), paint) for line in lines)


def _table(section: Section, paint: Paint, margin: str) -> Iterator[str]:
    if not section.rows:
        return
    columns = zip(section.head, *(row.cells for row in section.rows), strict=True)
    widths = [max(cells_of(one_line(cell)) for cell in column) for column in columns]

    def aligned(cells: tuple[str, ...], paint: Paint) -> str:
        sized = zip(cells, widths, strict=True)
        padded = (_painted(cell, paint) + " " * (width - cells_of(one_line(cell))) for cell, width in sized)
        return (margin + "  ".join(padded)).rstrip()

    yield paint(aligned(section.head, plain), "dim")
    yield from (aligned(row.cells, paint) for row in section.rows)


def _painted(said: str, paint: Paint, style: str = "") -> str:
    style = _style(said) or style
    return paint(one_line(said), style) if style else one_line(said)


def _style(said: str) -> str:
    return said.style if isinstance(said, Styled) else ""


def cells_of(said: str) -> int:
    """Columns of a terminal that a text takes."""
    return sum(_cells(sign) for sign in said)


def _cells(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1
