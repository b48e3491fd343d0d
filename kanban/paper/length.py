"""A page that fits: details go first, then all but the weightiest rows, then everything but sums and counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kanban.i18n import _, ngettext
from kanban.paper.page import Page, Section

TOP = 20

FULL, NO_DETAILS, TOP_ROWS, COUNTS = range(4)
"""How much a page tells, from everything down to sums."""


def reduced(page: Page, level: int) -> Page:
    """The page with less in it; `FULL` is the page itself."""
    if level == FULL:
        return page
    sections = tuple(_reduced(section, level) for section in page.sections)
    notes = {
        NO_DETAILS: _("This report was too long: details are left out."),
        TOP_ROWS: _("This report was too long: each list keeps the {count} entries worth most.").format(count=TOP),
        COUNTS: _("This report was too long: only sums and counts are left."),
    }
    return replace(page, sections=sections, note=notes[level])


def _reduced(section: Section, level: int) -> Section:
    if section.sums:
        return _kept(section, TOP)
    if section.detail or level == COUNTS:
        return _kept(section, 0)
    return _kept(section, TOP) if level >= TOP_ROWS else section


def _kept(section: Section, count: int) -> Section:
    """The heaviest rows, in the order in which they stood; without a row, no text either."""
    section = section if count else replace(section, text="")
    if len(section.rows) <= count:
        return section
    heaviest = sorted(range(len(section.rows)), key=lambda at: (-section.rows[at].weight, at))[:count]
    rows = tuple(section.rows[at] for at in sorted(heaviest))
    return replace(section, rows=rows, left_out=len(section.rows) - count)


def brief(page: Page) -> Page:
    """The page for a terminal: of each list of details the heaviest rows only."""
    sections = (_kept(section, TOP) if section.detail else section for section in page.sections)
    return replace(page, sections=tuple(sections))


def within(page: Page, budget: int | None, write: Callable[[Page], str]) -> str:
    """The fullest telling that is not longer than `budget` characters; None sets no limit."""
    text = write(page)
    for level in (NO_DETAILS, TOP_ROWS, COUNTS):
        if budget is None or len(text) <= budget:
            return text
        text = write(reduced(page, level))
    return text if len(text) <= (budget or 0) else write(replace(reduced(page, COUNTS), sections=()))


def more(section: Section) -> str:
    """The sentence about the rows that are left out, "" when all are there."""
    if not section.left_out:
        return ""
    if not section.rows:
        return ngettext("{count} entry, not shown", "{count} entries, not shown", section.left_out).format(
            count=section.left_out
        )
    return ngettext("and {count} more", "and {count} more", section.left_out).format(count=section.left_out)
