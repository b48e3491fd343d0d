"""The board page."""

from collections.abc import Iterator

from kanban.render.environment import write_page
from kanban.render.pages.monday import monday_of
from kanban.render.plan import PlannedFile
from kanban.render.site_input import Material
from kanban.render.views.page import board_title, frame
from kanban.render.views.wall.board import board_view


def board_page(material: Material) -> Iterator[PlannedFile]:
    """`index.html`."""

    def write() -> bytes:
        page = frame(material, "index.html", board_title(material), "board", scripts=("board.js",))
        view = board_view(material.board, material.clocks, material.ended, material.as_of, public=material.is_public)
        monday = None if material.is_public else monday_of(material)
        return write_page("board.html.jinja", page=page, board=view, monday=monday)

    yield PlannedFile("index.html", write)
