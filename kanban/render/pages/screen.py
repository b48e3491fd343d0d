"""The wall screen: Monday, the board and the numbers as pages that turn by themselves; internal sites only."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from markupsafe import Markup

from kanban.i18n import _
from kanban.render.charts.ageing import ageing
from kanban.render.charts.base.drawing import can_draw
from kanban.render.charts.base.wording import Links
from kanban.render.charts.fan import fan
from kanban.render.charts.throughput import throughput
from kanban.render.environment import environment, write_page
from kanban.render.pages.monday import monday_of
from kanban.render.pages.numbers import drawing_of, outlook_of
from kanban.render.pages.usual import usual_days
from kanban.render.plan import PlannedFile
from kanban.render.site_input import Material
from kanban.render.views.figures.headlines import headlines
from kanban.render.views.figures.numbers import figures
from kanban.render.views.page import frame
from kanban.render.views.wall.board import board_view

ADDRESS, MOST = "screen.html", 40
"""Cards of a column that are shown, in turn; nobody waits before a wall for more."""


def screen_page(material: Material) -> Iterator[PlannedFile]:
    """`screen.html`."""
    if not material.is_public:
        yield PlannedFile(ADDRESS, partial(_screen, material))


def _screen(material: Material) -> bytes:
    page = frame(material, ADDRESS, _("Wall screen"), "screen", scripts=("slides.js",))
    board = board_view(material.board, material.clocks, {}, material.as_of, usual=usual_days(material))
    numbers = Markup(screen_numbers(material))  # noqa: S704 - written by our own template, which escapes every text
    return write_page(
        "screen.html.jinja", page=page, monday=monday_of(material), board=board, numbers=numbers, most=MOST
    )


def screen_numbers(material: Material) -> str:
    """The figures and three charts, as they stand in the page."""
    return material.recalled("screen", lambda: _told(material))


def _told(material: Material) -> str:
    report, outlook = material.report, material.forecast
    if report is None or report.ledger.first is None:
        return ""
    links = Links(material.board)
    made = [throughput(report, links), ageing(report, links), *([fan(report, outlook)] if outlook else [])]
    drawn = figures((chart, drawing_of(chart, "", material)) for chart in made) if can_draw() else ()
    page = frame(material, ADDRESS, "", "screen")
    template = environment().get_template("screen_numbers.html.jinja")
    return template.render(
        page=page,
        lines=headlines(report, forecast=outlook, before=outlook_of(material)[1]),
        charts=[replace(one, table=replace(one.table, rows=()), behind=()) for one in drawn if one.drawing],
    )
