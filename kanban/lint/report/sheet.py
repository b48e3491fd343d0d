"""The findings as a sheet for the team: what is wrong on the board today, the gravest first, each with its cure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kanban.i18n import _
from kanban.i18n.formats import format_date
from kanban.lint.engine import Report
from kanban.lint.finding import SEVERITIES, Finding
from kanban.paper.page import Entry, Page, Section
from kanban.paper.plain import commands_in

_LIGHTS = {"error": "red", "warning": "amber", "info": ""}


def findings_sheet(report: Report, today: date) -> Page:
    """One section for each severity that occurs; of nothing, one that says so."""
    titles = {"error": _("To put right"), "warning": _("To look at"), "info": _("To know")}
    found = {name: [one for one in report.findings if one.severity == name] for name in reversed(SEVERITIES)}
    sections = [_section(name, titles[name], findings) for name, findings in found.items() if findings]
    empty = Section("clean", _("Nothing to put right"), empty=_("the linter finds nothing on this board"))
    return Page(_("Findings of the linter"), format_date(today, "full"), tuple(sections) or (empty,))


def _section(name: str, title: str, findings: Sequence[Finding]) -> Section:
    return Section(name, title, tuple(map(_entry, findings)), to_settle=name != "info")


def _entry(finding: Finding) -> Entry:
    """The message, the cure, to be copied where it is one command, and below it where and by which rule."""
    cure = finding.hit.cure
    commands = commands_in(cure)
    is_command = [f"`{one}`" for one in commands] == [cure]
    where = f"{finding.path}:{finding.hit.line} · {finding.code} {finding.name}"
    lines = (where,) if is_command or not cure else (f"→ {cure}", where)
    return Entry(finding.hit.message, finding.card, lines, commands[0] if is_command else "", _LIGHTS[finding.severity])
