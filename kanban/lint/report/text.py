"""Findings for a terminal: with their line (`full`), one a line (`concise`), or under their file (`grouped`)."""

from __future__ import annotations

from itertools import groupby

from kanban.i18n import _, ngettext
from kanban.lint.finding import SEVERITIES, Finding, severity_name
from kanban.lint.report.view import View, sentence
from kanban.paper.page import Page, Row, Section, Styled, rows_of
from kanban.paper.plain import one_line
from kanban.paper.text import cells_of, text

_MAX_SHOWN = 160


def full(view: View) -> str:
    """Each finding with its source line, a caret under the place, and the cure."""
    sections = (Section(finding.code, rows=rows_of(_full(view, finding))) for finding in view.findings)
    return text(Page(sections=tuple(sections), foot=summary(view)), view.paint)


def concise(view: View) -> str:
    """`path:line:column: severity KBnnn: message [name]`, one finding a line."""
    lines = [
        (*_head(view, one, one.severity, f"{one.code}:"), "→", Styled(one.hit.cure, "cure")) for one in view.findings
    ]
    return text(Page(sections=(Section("findings", rows=rows_of([*lines, (summary(view),)])),)), view.paint)


def grouped(view: View) -> str:
    """The findings of each file under its path."""
    sections = (
        Section("file", Styled(path, "path"), rows=tuple(Row(_under_path(one)) for one in findings))
        for path, findings in groupby(view.findings, key=view.path)
    )
    return text(Page(sections=tuple(sections), foot=summary(view)), view.paint)


def summary(view: View) -> str:
    """The sums in one line: how many errors, warnings and remarks, and what was kept quiet."""
    report = view.report
    counts = {severity: report.count(severity) for severity in reversed(SEVERITIES)}
    parts = [
        ngettext("{count} error", "{count} errors", counts["error"]).format(count=counts["error"]),
        ngettext("{count} warning", "{count} warnings", counts["warning"]).format(count=counts["warning"]),
        ngettext("{count} remark", "{count} remarks", counts["info"]).format(count=counts["info"]),
    ]
    said = [part for part, count in zip(parts, counts.values(), strict=True) if count]
    if report.waived:
        said.append(ngettext("{count} waived", "{count} waived", report.waived).format(count=report.waived))
    if report.baselined:
        said.append(
            ngettext("{count} in the baseline", "{count} in the baseline", report.baselined).format(
                count=report.baselined
            )
        )
    if not view.findings:
        return ", ".join([_("The board keeps its rules"), *said]) + "."
    line = ", ".join(said) + "."
    count = report.fixable
    if count is None:
        count = sum(one.hit.fix is not None and one.hit.fix.safe for one in view.findings)
    if count:
        fixed = ngettext("{count} can be fixed with `--fix`.", "{count} can be fixed with `--fix`.", count)
        line += " " + fixed.format(count=count)
    return line


def _full(view: View, finding: Finding) -> list[tuple[str, ...]]:
    lines = [_head(view, finding, severity_name(finding.severity), _("{code}:").format(code=finding.code))]
    source = view.source_line(finding)
    if source is not None and source.strip(" -"):
        number = str(finding.hit.line)
        shown, caret = _window(source, finding.hit.column)
        lines += [
            (Styled(f"  {number} |", "dim"), shown),
            (Styled(f"  {' ' * len(number)} |", "dim"), Styled(" " * caret + "^", finding.severity)),
        ]
    if finding.hit.cure:
        lines.append((f"  {_('cure:')}", Styled(finding.hit.cure, "cure")))
    return lines


def _window(source: str, column: int) -> tuple[str, int]:
    """The part of a line around a column, and the terminal cell under which the caret goes."""
    start = max(0, column - _MAX_SHOWN // 2) if len(source) > _MAX_SHOWN else 0
    shown = one_line(source[start : start + _MAX_SHOWN])
    before = one_line(source[start : start + column - start - 1]) if column > start else ""
    return shown, cells_of(before)


def _head(view: View, finding: Finding, severity: str, code: str) -> tuple[str, ...]:
    """Place, severity and code as they are told to a person or to a program, the message, the rule's name."""
    hit = finding.hit
    place = Styled(f"{view.path(finding)}:{hit.line}:{hit.column}:", "path")
    named = Styled(severity, finding.severity), Styled(code, "code")
    return place, *named, hit.message, Styled(f"[{finding.name}]", "dim")


def _under_path(finding: Finding) -> tuple[str, ...]:
    place = f"{finding.hit.line}:{finding.hit.column}".ljust(6)
    severity = Styled(severity_name(finding.severity), finding.severity)
    return place, severity, Styled(finding.code, "code"), sentence(finding)
