"""The board page, and one more for each view that the board keeps."""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from kanban.metrics.base.percentiles import is_the_maximum
from kanban.render.environment import write_page
from kanban.render.pages.monday import monday_of
from kanban.render.pages.numbers import numbers_key
from kanban.render.plan import PlannedFile
from kanban.render.site_input import Material
from kanban.render.views.monday import Monday
from kanban.render.views.page import Page, board_title, frame
from kanban.render.views.wall.board import board_view
from kanban.render.views.wall.saved_views import readable_views

_SCRIPTS = ("lanes.js", "board.js")
"""Lanes listen to what the filters show, so they stand first."""


def board_page(material: Material) -> Iterator[PlannedFile]:
    """`index.html` and `views/….html`."""
    yield PlannedFile("index.html", partial(_wall, material, "index.html", ""))
    for name, address in readable_views(material.board, material.as_of).items():
        yield PlannedFile(address, partial(_wall, material, address, name))


def _wall(material: Material, address: str, name: str) -> bytes:
    monday = None if material.is_public or name else monday_of(material)
    usual = {} if material.is_public else usual_days(material)
    return wall_page(material, address, name, usual=usual, monday=monday)


def wall_page(
    material: Material,
    address: str = "index.html",
    name: str = "",
    *,
    usual: Mapping[str, int],
    monday: Monday | None = None,
    dressed: Callable[[Page], Page] = lambda page: page,
) -> bytes:
    """The board, or the view of it called `name`; `dressed` gives its frame what a page that is touched has more."""
    page = frame(material, address, name or board_title(material), "board", scripts=_SCRIPTS)
    view = board_view(
        material.board,
        material.clocks,
        material.ended,
        material.as_of,
        public=material.is_public,
        view=name,
        usual=usual,
    )
    return write_page("board.html.jinja", page=dressed(page), board=view, monday=monday)


def usual_days(material: Material) -> Mapping[str, int]:
    """Column → the days within which 85% of the cards left it, where enough have; worked out once a commit and day."""
    key = numbers_key(material)
    name = f"usual {key}"
    if not key or name not in material.known:
        rows = material.report.time_in_column if material.report is not None else ()
        found = {one.column: one.p85 for one in rows if one.p85 and not is_the_maximum(one.n, 85)}
        if not key:
            return found
        material.known[name] = json.dumps(found)
    read: dict[str, int] = json.loads(material.known[name])
    return read
