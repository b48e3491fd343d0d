"""The board page, and one more for each view that the board keeps."""

from collections.abc import Iterator, Mapping
from functools import partial

from kanban.render.environment import write_page
from kanban.render.pages.monday import monday_of
from kanban.render.pages.usual import usual_days
from kanban.render.plan import PlannedFile
from kanban.render.site_input import Material
from kanban.render.views.page import Page, board_title, frame
from kanban.render.views.wall.board import BoardView, board_view
from kanban.render.views.wall.card_on_board import FaceOf, face
from kanban.render.views.wall.saved_views import readable_views


def board_page(material: Material) -> Iterator[PlannedFile]:
    """`index.html` and `views/….html`."""
    yield PlannedFile("index.html", partial(_wall, material, "index.html", ""))
    for name, address in readable_views(material.board, material.as_of).items():
        yield PlannedFile(address, partial(_wall, material, address, name))


def _wall(material: Material, address: str, name: str) -> bytes:
    monday = None if material.is_public or name else monday_of(material)
    usual = {} if material.is_public else usual_days(material)
    page, view = wall_shown(material, address, name, usual=usual)
    return write_page("board.html.jinja", page=page, board=view, monday=monday)


def wall_frame(material: Material, address: str = "index.html", name: str = "") -> Page:
    """The frame of the board's page, or of the view called `name`: it asks nothing of the cards."""
    return frame(material, address, name or board_title(material), "board")


def wall_shown(
    material: Material, address: str = "index.html", name: str = "", *, usual: Mapping[str, int], faces: FaceOf = face
) -> tuple[Page, BoardView]:
    """The board, or the view of it called `name`: its frame, and what stands in it."""
    page = wall_frame(material, address, name)
    view = board_view(
        material.board,
        material.clocks,
        material.ended,
        material.as_of,
        public=material.is_public,
        view=name,
        usual=usual,
        faces=faces,
    )
    return page, view
