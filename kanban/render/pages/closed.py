"""The archive: an overview and one page per period."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kanban.i18n import _
from kanban.render.environment import write_page
from kanban.render.material import Material
from kanban.render.plan import PlannedFile
from kanban.render.views.archive import Period, periods, rows
from kanban.render.views.page import frame


def archive_pages(material: Material) -> Iterator[PlannedFile]:
    """`archive.html` and `archive/….html`."""
    found = periods(material.board, material.ended)
    yield PlannedFile("archive.html", partial(_overview, material, found))
    for period in found:
        yield PlannedFile(period.address, partial(_period, material, period))


def _overview(material: Material, found: tuple[Period, ...]) -> bytes:
    page = frame(material, "archive.html", _("Archive"), "archive")
    return write_page("archive.html.jinja", page=page, periods=found)


def _period(material: Material, period: Period) -> bytes:
    title = f"{_('Archive')} {period.title}"
    page = frame(material, period.address, title, "archive", scripts=("board.js",))
    table = rows(material.board, period, material.ended, page.root)
    return write_page("period.html.jinja", page=page, period=period, rows=table)
