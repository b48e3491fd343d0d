"""Tells a report: the verdict in a line, then what a reviewer asks, the gravest first, in what a screen shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kanban.i18n import _
from kanban.paper.page import Link, Page, Section, short
from kanban.review import tables, to_settle
from kanban.review.report import Report
from kanban.review.tables import ROWS
from kanban.review.verdict import verdict
from kanban.review.web import Web

MARKER = "kanban-diff"
LINES = 50
"""Lines of a comment that may be open: with verdict, foot and headings of what is folded, sixty are seen."""


def page_of(report: Report, web: Web | None = None) -> Page:
    """The page of a report, complete; what is more than a screen is folded."""
    web = web or Web()
    source = _("{base} → {head}, as of {day}").format(
        base=_side(report.base.name, report.base.commit),
        head=_side(report.head.name, report.head.commit),
        day=report.as_of,
    )
    found = (
        () if report.is_empty else tuple(section for section in _sections(report, web) if section.rows or section.text)
    )
    site = (Section("site", rows=(tables.line(Link.to(_("See the board"), web.site)),), sums=True),) if web.site else ()
    title, marker = _("Pipeline change"), marker_of(report.board)
    said, more = verdict(report)
    return Page(title, more, (*_fitted(found), *site), said, foot=short(source), marker=marker)


def could_not_run(board: str) -> Page:
    """The page in a report's place where the board could not be checked: what was told before is out of date."""
    said = _("The board could not be checked, so nothing is known of this change: see the log of the run.")
    return Page(_("Pipeline change"), "", (), said, marker=marker_of(board))


def marker_of(board: str) -> str:
    """What finds the comment again. One comment a board: a repository may hold several."""
    return MARKER + (f": {board.replace('-', '_')}" if board else "")


def _side(name: str, commit: str) -> str:
    if not commit or commit.startswith(name):
        return name[:10] if commit else name
    return f"{short(name)} ({commit[:10]})"


def _sections(report: Report, web: Web) -> Iterator[Section]:
    yield to_settle.unjudged(report)
    yield to_settle.errors(report, web)
    yield to_settle.conflicts(report, web)
    yield to_settle.outliers(report, web)
    yield from to_settle.policy(report)
    yield tables.bridge(report)
    yield tables.revenue(report)
    yield tables.quarters(report)
    yield tables.shifts(report, web)
    yield tables.moves(report, web)
    yield tables.wip(report)
    yield tables.worth_knowing(report)
    yield tables.placed("new", _("New cards"), report.added, report, web)
    yield tables.placed("removed", _("Removed cards"), report.removed, report, Web())
    yield to_settle.warnings(report, web)
    yield tables.owners(report)
    yield tables.renamed(report, web)
    yield tables.waivers(report)
    yield from tables.details(report, web)
    yield to_settle.cured(report)


def _fitted(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Long sections are folded, then the last ones until the rest fits a screen; sums and errors stay open longest."""
    shaped = [replace(one, folded=True) if len(one.rows) > ROWS and not one.sums else one for one in sections]
    for at in reversed(range(len(shaped))):
        if sum(map(_lines, shaped)) <= LINES:
            break
        shaped[at] = replace(shaped[at], folded=True)
    return tuple(shaped)


def _lines(section: Section) -> int:
    if section.folded:
        return 1
    text = section.text.count("\n") + 3 if section.text else 0
    return len(section.rows) + text + bool(section.title) + (2 if section.head else 0)
