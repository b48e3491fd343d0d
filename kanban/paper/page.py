"""The report as a page of sections, ready to be written in any format: texts are raw, each writer escapes its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kanban.i18n import _, ngettext

CELL = 160
"""Characters of one text of a card that a page shows."""

TOP = 20

FULL, NO_DETAILS, TOP_ROWS, COUNTS = range(4)
"""How much a page tells, from everything down to sums."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a section. `cells` are texts, `weight` is what it is worth: the heaviest are kept when few are."""

    cells: tuple[str, ...]
    weight: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the page. `head` names the columns of a table, () makes it a list. `detail` can be dropped first.

    `folded` sections are shut until opened; `sums` are never cut. `left_out` counts the rows not shown.
    """

    key: str
    title: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    folded: bool = False
    detail: bool = False
    sums: bool = False
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """The whole page. `note` says what was left out; `source` which revisions are compared, and the day."""

    verdict: str
    source: str
    sections: tuple[Section, ...]
    board: str = ""
    note: str = ""


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
    """The heaviest rows, in the order in which they stood."""
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


def short(text: str) -> str:
    """A text of a card, cut to what a page shows."""
    return text if len(text) <= CELL else text[: CELL - 1] + "…"


def rows_of(lines: Sequence[Sequence[str]]) -> tuple[Row, ...]:
    """Rows that weigh nothing."""
    return tuple(Row(tuple(line)) for line in lines)
