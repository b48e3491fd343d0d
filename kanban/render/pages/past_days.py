"""The time machine: a small page of the board for each past day asked for, and the list of them.

A day that is over is written once: its page says nothing of today, and its key is what had happened by then.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from kanban.i18n import _
from kanban.i18n.formats import format_date
from kanban.render.environment import write_page
from kanban.render.plan import PlannedFile, digest
from kanban.render.site_input import Material, PastDay
from kanban.render.views.page import PAST_DAYS, frame, settled
from kanban.render.views.past_day import day_lines, past_columns


def past_day_pages(material: Material) -> Iterator[PlannedFile]:
    """`days/index.html` and `days/2026-10-04.html`, for each day asked for."""
    if not material.days:
        return
    yield PlannedFile(PAST_DAYS, partial(_list, material))
    board, history = material.board, material.history
    gone = sorted({card for card in (history.cards if history is not None else ()) if board.find(card) is None})
    for one in material.days:
        key = digest(one.day, one.key, board.config, gone, material.prefix, material.audience)
        yield PlannedFile(f"days/{one.page}", partial(_day, material, one), key)


def _list(material: Material) -> bytes:
    page = frame(material, PAST_DAYS, _("Past days"), "past")
    return write_page("past_days.html.jinja", page=page, days=day_lines(material))


def _day(material: Material, one: PastDay) -> bytes:
    board, ledger = one.open()
    title = _("As it was on {day}").format(day=format_date(one.day, "full"))
    page = frame(material, f"days/{one.page}", title, "past")
    page = replace(settled(page, material, ledger.history.events[-1:]), as_of=title)
    columns = past_columns(board, ledger, material, page.root)
    return write_page("past_day.html.jinja", page=page, title=title, columns=columns)
