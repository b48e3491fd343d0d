"""The page as Markdown for a forge's comment: card text mentions nobody, links nowhere and breaks no table.

Forges look for mentions, references and addresses in the finished page, after Markdown's own escapes are gone. So
each sign that begins one is followed by a space of no width, which a reader does not see.
"""

from __future__ import annotations

import re
from html import escape

from kanban.i18n import _
from kanban.paper.page import Page, Section, more, within
from kanban.paper.plain import one_line

BUDGET = 60_000
"""Characters of a comment; GitHub refuses one over 65,536."""

MARKER = "kanban-diff"
_GAP = "\u200b"
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_SPECIAL = re.compile(r"([\\`*_{}\[\]|~$])")
_REFERENCE = re.compile(r"(?<=[@#!$%~&])(?=\w)|(?<=:)(?=[\w+-]|//)|(?<=://)|(?i:(?<=\bgh-)(?=\d)|(?<=\bwww)(?=\.))")


def markdown(page: Page, budget: int | None = BUDGET) -> str:
    """The page, not longer than `budget` characters, under a hidden marker that finds the comment again."""
    return within(page, budget, _write)


def marker(board: str = "") -> str:
    """The hidden first line of a board's comment. One comment a board: a repository may hold several."""
    kept = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "/_.") else "_" for sign in board)
    return f"<!-- {MARKER}{': ' + kept if kept else ''} -->"


def escaped(text: str) -> str:
    """The text as it reads: no markup, no mention, no reference, no link."""
    gapped = _REFERENCE.sub(_GAP, one_line(text))
    signs = _SPECIAL.sub(r"\\\1", gapped)
    return "".join(_ENTITIES.get(sign, sign) for sign in signs)


def _write(page: Page) -> str:
    parts = [marker(page.board), f"**{escaped(page.verdict)}**"]
    if page.note:
        parts.append(f"_{escaped(page.note)}_")
    parts += [_section(section) for section in page.sections]
    parts.append(f"<sub>{escaped(page.source)}</sub>")
    return "\n\n".join(parts) + "\n"


def _section(section: Section) -> str:
    count = len(section.rows) + section.left_out
    title = section.title + ("" if section.sums else f" ({count})")
    body = [_table(section)] if section.rows else []
    if section.left_out:
        body.append(f"_{escaped(more(section))}_")
    if not section.folded:
        return "\n\n".join((f"#### {escaped(title)}", *body))
    return "\n\n".join((f"<details><summary>{escape(title)}</summary>", *body, "</details>"))


def _table(section: Section) -> str:
    if not section.head:
        return "\n".join(f"- {' '.join(map(escaped, row.cells))}" for row in section.rows)
    lines = [_row(section.head), "|" + " --- |" * len(section.head)]
    return "\n".join([*lines, *(_row(row.cells) for row in section.rows)])


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(escaped(cell) for cell in cells) + " |"


def no_report() -> str:
    """What a comment says when the report could not be made."""
    return f"{marker()}\n\n" + escaped(_("The pipeline report could not be made; the job's log says why.")) + "\n"
