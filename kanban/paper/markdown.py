"""The page as Markdown, for a forge's comment or to paste into a page, a chat or an issue."""

from __future__ import annotations

from collections.abc import Iterator

from kanban.paper.inert import cell, code, fenced_by, inert, opening, summary
from kanban.paper.length import more, within
from kanban.paper.page import LIGHTS, Entry, Page, Section
from kanban.paper.plain import one_line

BUDGET = 60_000
"""Characters of a comment; GitHub refuses one over 65,536."""


def markdown(page: Page, budget: int | None = None) -> str:
    """The page, not longer than `budget` characters. What is to be settled has a box to tick."""
    return within(page, budget, _write)


def marker(name: str) -> str:
    """The hidden first line that finds a comment again."""
    kept = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-/_.: ") else "_" for sign in name)
    return f"<!-- {kept.replace('--', '__')} -->"


def _write(page: Page) -> str:
    return "\n\n".join(block for block in _blocks(page) if block) + "\n"


def _blocks(page: Page) -> Iterator[str]:
    if page.marker:
        yield marker(page.marker)
    if page.verdict:
        yield f"**{inert(page.verdict)}**"
        yield opening(page.lead)
    elif page.title:
        yield f"# {inert(page.title)}"
        yield opening(page.lead)
    if page.note:
        yield f"_{inert(page.note)}_"
    for section in page.sections:
        yield from _section(section, "####" if page.verdict else "##")
    if page.foot:
        yield f"<sub>{inert(page.foot)}</sub>"


def _section(section: Section, level: str) -> Iterator[str]:
    """A verdict heads a comment, where headings are small."""
    if section.folded:
        yield f"<details><summary>{summary(section.counted())}</summary>"
    elif section.title:
        yield f"{level} {inert(section.counted())}"
    if section.note:
        yield f"_{inert(section.note)}_"
    box = "[ ] " if section.to_settle else ""
    yield "\n".join(line for entry in section.entries for line in _entry(entry, box)) or opening(section.empty)
    yield _table(section) if section.head and section.rows else _list(section)
    if section.left_out:
        yield f"_{inert(more(section))}_"
    if section.text:
        lines = [one_line(line).rstrip() for line in section.text.splitlines()]
        fence = fenced_by(section.text)
        differing = "diff" if all(line[:2] in ("+ ", "- ", "+", "-") for line in lines) else ""
        yield "\n".join((fence + differing, *lines, fence))
    if section.folded:
        yield "</details>"


def _entry(entry: Entry, box: str) -> Iterator[str]:
    light = f"{LIGHTS[entry.light]} " if entry.light else ""
    card = f"**{inert(entry.card)}** " if entry.card else ""
    yield f"- {box}{light}{card}{opening(entry.head)}"
    yield from (f"  - {opening(line)}" for line in entry.lines)
    for command in entry.commands:
        yield f"  - {code(command)}"


def _list(section: Section) -> str:
    return "\n".join(_item([cell for cell in row.cells if cell.strip()]) for row in section.rows)


def _item(cells: list[str]) -> str:
    return " ".join(("-", *map(opening, cells[:1]), *map(inert, cells[1:])))


def _table(section: Section) -> str:
    rows = (section.head, *(row.cells for row in section.rows))
    lines = [f"| {' | '.join(map(cell, row))} |" for row in rows]
    return "\n".join((lines[0], "|" + " --- |" * len(section.head), *lines[1:]))
