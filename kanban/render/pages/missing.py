"""The page that stands where nothing does."""

from __future__ import annotations

from collections.abc import Iterator

from kanban.i18n import _
from kanban.render.environment import write_page
from kanban.render.material import Material
from kanban.render.plan import PlannedFile
from kanban.render.views.page import frame


def missing_page(material: Material) -> Iterator[PlannedFile]:
    """`404.html`."""

    def write() -> bytes:
        page = frame(material, "404.html", _("Page not found"), "missing")
        return write_page("missing.html.jinja", page=page)

    yield PlannedFile("404.html", write)
