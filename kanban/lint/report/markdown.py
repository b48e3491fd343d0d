"""Findings as Markdown, for the summary of a job or a comment; card text cannot mention people or break the table."""

from __future__ import annotations

from kanban.i18n import _
from kanban.lint.finding import Finding
from kanban.lint.report.text import summary
from kanban.lint.report.view import View
from kanban.paper.markdown import markdown as written
from kanban.paper.page import Page, Section, Sentence, rows_of

SIGNS = {"error": "🔴", "warning": "🟠", "info": "🔵"}


def markdown(view: View) -> str:
    """A line with the sums and a table of findings."""
    head = ("", _("Place"), _("Rule"), _("Finding"), _("Cure"))
    findings = Section("findings", head=head, rows=rows_of([_row(view, one) for one in view.findings]))
    return written(Page(verdict=summary(view), sections=(findings,)))


def _row(view: View, finding: Finding) -> tuple[str, ...]:
    place = f"{view.path(finding)}:{finding.hit.line}"
    rule = f"{finding.code} {finding.name}"
    return SIGNS[finding.severity], place, rule, finding.hit.message, Sentence(finding.hit.cure)
