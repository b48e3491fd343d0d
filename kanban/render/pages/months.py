"""The months ahead; internal sites only."""

from collections.abc import Iterator

from kanban.i18n import _
from kanban.render.environment import write_page
from kanban.render.plan import PlannedFile
from kanban.render.site_input import Material
from kanban.render.views.months import months
from kanban.render.views.page import frame


def month_pages(material: Material) -> Iterator[PlannedFile]:
    """`calendar.html`."""
    if material.is_public:
        return

    def write() -> bytes:
        page = frame(material, "calendar.html", _("Calendar"), "months")
        return write_page("months.html.jinja", page=page, months=months(material.board, material.as_of))

    yield PlannedFile("calendar.html", write)
