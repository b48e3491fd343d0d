"""Findings for a terminal: with their line (`full`), one a line (`concise`), or under their file (`grouped`)."""

from __future__ import annotations

import unicodedata
from itertools import groupby

from kanban.i18n import _, ngettext
from kanban.lint.finding import SEVERITIES, Finding
from kanban.lint.report.view import View, sentence
from kanban.paper.plain import one_line

_MAX_SHOWN = 160


def full(view: View) -> str:
    """Each finding with its source line, a caret under the place, and the cure."""
    parts = ["\n".join(_full(view, finding)) + "\n" for finding in view.findings]
    return "\n".join([*parts, summary(view)])


def concise(view: View) -> str:
    """`path:line:column: severity KBnnn: message [name]`, one finding a line."""
    return "\n".join([*(_head(view, one) + f" → {_cure(view, one)}" for one in view.findings), summary(view)])


def grouped(view: View) -> str:
    """The findings of each file under its path."""
    parts = []
    for path, findings in groupby(view.findings, key=view.path):
        rows = [f"  {_place(one)} {_severity(view, one)} {_code(view, one)} {sentence(one)}" for one in findings]
        parts.append("\n".join([view.paint(one_line(path), "path"), *rows]) + "\n")
    return "\n".join([*parts, summary(view)])


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
    fixable = sum(one.hit.fix is not None and one.hit.fix.safe for one in view.findings)
    line = ", ".join(said) + "."
    if fixable:
        line += " " + ngettext(
            "{count} can be fixed with `--fix`.", "{count} can be fixed with `--fix`.", fixable
        ).format(count=fixable)
    return line


def _full(view: View, finding: Finding) -> list[str]:
    lines = [_head(view, finding)]
    source = view.source_line(finding)
    if source is not None and source.strip(" -"):
        number = str(finding.hit.line)
        gutter = " " * len(number)
        shown, caret = _window(source, finding.hit.column)
        lines += [
            view.paint(f"  {number} | ", "dim") + shown,
            view.paint(f"  {gutter} | ", "dim") + " " * caret + view.paint("^", finding.severity),
        ]
    if finding.hit.cure:
        lines.append(f"  {_('cure:')} {_cure(view, finding)}")
    return lines


def _window(source: str, column: int) -> tuple[str, int]:
    """The part of a line around a column, and the terminal cell under which the caret goes."""
    start = max(0, column - _MAX_SHOWN // 2) if len(source) > _MAX_SHOWN else 0
    shown = one_line(source[start : start + _MAX_SHOWN])
    before = one_line(source[start : start + column - start - 1]) if column > start else ""
    return shown, sum(_cells(character) for character in before)


def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _head(view: View, finding: Finding) -> str:
    path = view.paint(one_line(view.path(finding)), "path")
    name = view.paint(f"[{finding.name}]", "dim")
    place = f"{path}:{finding.hit.line}:{finding.hit.column}:"
    return f"{place} {_severity(view, finding)} {_code(view, finding)}: {one_line(finding.hit.message)} {name}"


def _place(finding: Finding) -> str:
    return f"{finding.hit.line}:{finding.hit.column}".ljust(6)


def _severity(view: View, finding: Finding) -> str:
    return view.paint(finding.severity, finding.severity)


def _code(view: View, finding: Finding) -> str:
    return view.paint(finding.code, "code")


def _cure(view: View, finding: Finding) -> str:
    return view.paint(one_line(finding.hit.cure), "cure")
