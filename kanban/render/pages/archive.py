"""The archive: an overview and one page per period."""

from collections.abc import Iterator
from functools import partial

from kanban.i18n import _
from kanban.model.history.events import Event
from kanban.render.environment import write_page
from kanban.render.markdown import with_code
from kanban.render.plan import PlannedFile, digest
from kanban.render.site_input import Material
from kanban.render.views.cards.archive import Period, periods, rows
from kanban.render.views.page import frame, settled


def archive_pages(material: Material) -> Iterator[PlannedFile]:
    """`archive.html` and `archive/….html`."""
    found = periods(material.board, material.ended)
    yield PlannedFile("archive.html", partial(_overview, material, found))
    for period in found:
        yield PlannedFile(period.address, partial(_period, material, period), _key(material, period))


def _key(material: Material, period: Period) -> str:
    rows = [(card.path, card.text, material.ended.get(card.id)) for card in period.cards]
    past = [(event.commit, event.at) for event in _last_event(material, period)]
    return digest(period.key, rows, past, material.board.config, material.audience, material.prefix, material.has_past)


def _last_event(material: Material, period: Period) -> list[Event]:
    """The last thing that happened to any card of the period: what its page is as of; empty without a history."""
    found = [event for card in period.cards for event in material.events_of(card.id)[-1:]]
    return [max(found, key=lambda event: event.order)] if found and material.has_past else []


def _overview(material: Material, found: tuple[Period, ...]) -> bytes:
    page = frame(material, "archive.html", _("Archive"), "archive")
    none = with_code(_("No card has been closed yet. `kanban win`, `kanban lose` and `kanban park` close one."))
    return write_page("archive.html.jinja", page=page, periods=found, none=none)


def _period(material: Material, period: Period) -> bytes:
    title = f"{_('Archive')} {period.title}"
    page = frame(material, period.address, title, "archive", scripts=("wall.js",))
    page = settled(page, material, _last_event(material, period))
    table = rows(material.board, period, material.ended, page.root)
    return write_page("period.html.jinja", page=page, period=period, rows=table)
