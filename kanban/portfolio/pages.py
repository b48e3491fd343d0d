"""The sites of several boards below one page that leads to each."""

from __future__ import annotations

from pathlib import Path

from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.model.cards.slug import slug
from kanban.paper.html import html
from kanban.paper.page import Link, Page, Section, rows_of
from kanban.portfolio.boards import Portfolio
from kanban.portfolio.rows import Documents
from kanban.portfolio.wall import board_rows

MARK = ".kanban-portfolio"
"""Says that a folder is ours to write into."""


def site_names(portfolio: Portfolio) -> dict[str, str]:
    """Board → its folder in the site."""
    found: dict[str, str] = {}
    for number, one in enumerate(portfolio.boards, 1):
        name = slug(one.called) or f"board-{number}"
        found[one.called] = f"{name}-{number}" if name in found.values() else name
    return found


def guard(output: Path) -> None:
    """Raise KanbanError for a folder that holds something else."""
    if output.exists() and (not output.is_dir() or (any(output.iterdir()) and not (output / MARK).is_file())):
        message = _("{folder} is not empty and was not written by `kanban portfolio render`").format(folder=output)
        raise KanbanError(message, cure=_("name an empty or new folder, or empty this one"))


def write_index(output: Path, portfolio: Portfolio, walls: Documents, day: str) -> Path:
    """`index.html`: the wall of all boards, each name a link to its site."""
    names = site_names(portfolio)
    head, *rows, together = board_rows(walls)
    linked = [(Link.to(row[0], f"{names[row[0]]}/index.html"), *row[1:]) for row in rows]
    title = portfolio.title or _("Boards")
    section = Section("boards", title, head=head, rows=rows_of([*linked, together]), to_settle=False)
    page = Page(title=title, lead=_("as of {day}").format(day=day), sections=(section,))
    output.mkdir(parents=True, exist_ok=True)
    (output / MARK).write_text("")
    path = output / "index.html"
    path.write_text(html(page), encoding="utf-8")
    return path
