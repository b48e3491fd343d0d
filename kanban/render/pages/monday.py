"""The Monday page, the changelog and the weekly digest: what a manager reads first. Internal sites only."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from kanban.i18n import _, ngettext
from kanban.i18n.formats import format_date
from kanban.paper.page import Entry, Page, Section
from kanban.paper.text import text
from kanban.render.environment import write_page
from kanban.render.pages.numbers import outlook_of
from kanban.render.pages.people import people_of
from kanban.render.plan import PlannedFile
from kanban.render.site_input import Material
from kanban.render.views.changes.days import changelog
from kanban.render.views.changes.week import Change, Group, changes_since, last_monday
from kanban.render.views.monday import Monday, monday_view, news_of
from kanban.render.views.page import board_title, frame
from kanban.render.views.people import people_lines
from kanban.render.views.wall.card_on_board import owners_of

if TYPE_CHECKING:
    from kanban.model.history.events import History

_DIGEST_WIDTH, _MOST_OF_A_KIND = 76, 12


def monday_pages(material: Material) -> Iterator[PlannedFile]:
    """`monday.html`, and with a whole history `changes.html`, `digest.html` and `digest.txt`."""
    if material.is_public:
        return
    yield PlannedFile("monday.html", partial(_monday, material))
    if material.past is not None and material.has_past:
        yield PlannedFile("changes.html", partial(_changes, material, material.past))
        yield PlannedFile("digest.html", partial(_digest, material))
        yield PlannedFile("digest.txt", partial(_digest_text, material))


def monday_of(material: Material) -> Monday:
    """The view, for the page itself and for the top of the wall on a phone."""
    since = last_monday(material.as_of)
    return monday_view(material.board, material.clocks, week_of(material), since, material.as_of, outlook_of(material))


def week_of(material: Material) -> tuple[Group, ...] | None:
    """What changed since last Monday; None without the whole history."""
    if material.past is None or not material.has_past:
        return None
    return changes_since(material.board, material.past, material.versions, last_monday(material.as_of))


def _monday(material: Material) -> bytes:
    page = frame(material, "monday.html", _("Monday"), "monday")
    keys, people = owners_of(material.board).keys, people_of(material)
    lines = people_lines(material.board, people, keys, material.as_of)
    return write_page("monday.html.jinja", page=page, monday=monday_of(material), people=lines)


def _changes(material: Material, past: History) -> bytes:
    page = frame(material, "changes.html", _("What changed"), "changes")
    log = changelog(material.board, past, material.versions, material.as_of)
    return write_page("changes.html.jinja", page=page, log=log)


def _digest(material: Material) -> bytes:
    page = frame(material, "digest.html", _("Weekly digest"), "changes")
    groups = week_of(material) or ()
    outlook, _before = outlook_of(material)
    told = {"lead": _lead(material), "news": news_of(groups), "outlook": outlook}
    return write_page("digest.html.jinja", page=page, groups=groups, most=_MOST_OF_A_KIND, **told)


def _lead(material: Material) -> str:
    since = last_monday(material.as_of)
    return _("since {day}").format(day=format_date(since, "full"))


def _digest_text(material: Material) -> bytes:
    """The digest for a mail: the same in plain text."""
    groups = week_of(material) or ()
    chances_now, _before = outlook_of(material)
    outlook = tuple(Entry(" · ".join(filter(None, (one.word, one.text)))) for one in chances_now)
    sections = [Section("chances", "", outlook)] if outlook else []
    sections += [_section(group) for group in groups]
    note = news_of(groups)
    page = Page(f"{board_title(material)}{_(': ')}{_('Weekly digest')}", _lead(material), tuple(sections), note=note)
    return text(page, width=_DIGEST_WIDTH).encode("utf-8", "backslashreplace")


def _section(group: Group) -> Section:
    shown = group.changes[:_MOST_OF_A_KIND]
    left = len(group.changes) - len(shown)
    more = (Entry(ngettext("and {count} more", "and {count} more", left).format(count=left)),) if left else ()
    title = f"{group.title} ({len(group.changes)}){f' {group.sum}' if group.sum else ''}"
    return Section(group.kind, title, (*map(_entry, shown), *more))


def _entry(one: Change) -> Entry:
    return Entry(" · ".join(part for part in (one.label, one.way, one.amount, one.owner) if part), lines=one.details)
