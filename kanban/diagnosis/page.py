"""The diagnosis as a page: each symptom found with its evidence and what helps, then what was looked for in vain."""

from __future__ import annotations

from collections.abc import Iterator

from kanban.diagnosis.diagnosis import Diagnosis, Row
from kanban.diagnosis.symptom import COMMAND
from kanban.i18n import _
from kanban.i18n.formats import format_clauses
from kanban.paper.page import Command, Page, Section, Styled, rows_of


def diagnosis_page(found: Diagnosis) -> Page:
    """The page of a diagnosis."""
    sections = [_symptom(row) for row in found.found] or [
        Section("none", rows=rows_of([(Styled(_("No symptom found."), "green"),)]))
    ]
    sections += [_dim("absent", _("Looked for, not there"), found.absent)] if found.absent else []
    sections += [_dim("unknown", _("Too little data"), found.unknown)] if found.unknown else []
    return Page(sections=tuple(sections))


def _symptom(row: Row) -> Section:
    return Section(row.id, Styled(f"{row.id}  {row.title}", "red"), rows=rows_of(list(_lines(row))), sums=True)


def _lines(row: Row) -> Iterator[tuple[str, ...]]:
    yield from ((line,) for line in row.evidence)
    yield from (("→", line) for line in row.remedies)
    for action in row.actions:
        # What to type stands by itself; a setting says in which file it goes.
        where = () if action.kind == COMMAND else (_("in {file}: ").format(file=action.kind).strip(),)
        yield (*where, Command(action.text, "typed"))


def _dim(key: str, title: str, rows: tuple[Row, ...]) -> Section:
    lines = []
    for row in rows:
        said = _("{title}: {evidence}").format(title=row.title, evidence=format_clauses(row.evidence))
        lines.append((Styled(f"{row.id} ", "dim"), Styled(said, "dim")))
    return Section(key, title, rows=rows_of(lines), sums=True)
