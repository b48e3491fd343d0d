"""One page per person who has an open card, and the list of them; internal sites only, and a board may do without."""

from collections.abc import Iterator
from functools import partial

from kanban.i18n import _
from kanban.render.addresses import person_page
from kanban.render.environment import write_page
from kanban.render.pages.feeds import owners
from kanban.render.pages.usual import usual_days
from kanban.render.plan import PlannedFile
from kanban.render.site_input import Material
from kanban.render.views.page import frame
from kanban.render.views.people import Number, kept, people_lines, person_view, read
from kanban.render.views.wall.card_on_board import owners_of


def people_pages(material: Material) -> Iterator[PlannedFile]:
    """`people/index.html` and `people/….html`."""
    people = people_of(material)
    if not people:
        return
    keys = owners_of(material.board).keys
    yield PlannedFile("people/index.html", partial(_list, material, people))
    for name in people:
        yield PlannedFile(person_page(keys[name]), partial(_person, material, name))


def people_of(material: Material) -> list[str]:
    """Who has a page, by name; nobody on a public site, or where the board switches these pages off."""
    return owners(material) if material.board.config.site.people and not material.is_public else []


def _list(material: Material, people: list[str]) -> bytes:
    page = frame(material, "people/index.html", _("People"), "people")
    lines = people_lines(material.board, people, owners_of(material.board).keys, material.as_of)
    return write_page("people.html.jinja", page=page, people=lines)


def _person(material: Material, name: str) -> bytes:
    owned = owners_of(material.board)
    page = frame(material, person_page(owned.keys[name]), name, "people")
    numbers = people_numbers(material).get(name, ())
    usual = usual_days(material)
    view = person_view(material.board, name, owned, material.clocks, material.as_of, numbers, usual)
    return write_page("person.html.jinja", page=page, person=view)


def people_numbers(material: Material) -> dict[str, tuple[Number, ...]]:
    """Everybody's numbers."""
    return read(
        material.recalled("people", lambda: kept(material.report.cuts.owners if material.report is not None else ()))
    )
