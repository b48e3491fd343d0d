"""Findings as data: the `kanban-lint/1` document, or one JSON object a line."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, TypedDict

from kanban.lint.finding import Finding, Fix
from kanban.lint.fixes import applicability
from kanban.lint.report.view import View
from kanban.schemas.fields import Count, Positive, RuleCode, RuleName, Severity, one_of, pattern
from kanban.schemas.writing import to_json


class EditRecord(TypedDict):
    """Lines to be replaced; where `end_line` is below `start_line`, the text goes in before `start_line`."""

    path: Annotated[str, "Relative to the top of the repository, with slashes."]
    start_line: Positive
    end_line: Count
    text: Annotated[str, "The new lines with their ends; empty where the lines are deleted."]


class FixRecord(TypedDict):
    """What `kanban lint --fix` would do about it."""

    applicability: Annotated[str, one_of("safe", "unsafe")]
    label: str
    edits: Annotated[list[EditRecord], "None for a file that comes, goes or is no text."]


class FindingRecord(TypedDict):
    """One finding."""

    code: RuleCode
    name: RuleName
    severity: Severity
    card: Annotated[str | None, "The card's id; null for a finding about the board."]
    path: Annotated[str, "Relative to the top of the repository, with slashes."]
    line: Positive
    column: Positive
    message: str
    cure: str
    fingerprint: Annotated[
        str, pattern("^[0-9a-f]{16}$"), "Of rule, card and field: the same after a move; unique in a report."
    ]
    field: str | None
    fix: FixRecord | None


class SummaryRecord(TypedDict):
    """How much was found, and how much was looked at."""

    error: Count
    warning: Count
    info: Count
    waived: Annotated[Count, "Findings that a waiver in force covers."]
    baselined: Annotated[Count, "Findings that the baseline accepts."]
    rules_checked: Count


class SkippedRecord(TypedDict):
    """A rule that could not be checked, with what it lacked."""

    code: RuleCode
    name: RuleName
    needs: Annotated[str, one_of("clocks", "history", "versions", "base", "steps")]


class LintDocument(TypedDict):
    """Everything the linter found."""

    schema: Literal["kanban-lint/1"]
    as_of: Annotated[date, "The day that counted as today."]
    findings: list[FindingRecord]
    summary: SummaryRecord
    skipped: Annotated[list[SkippedRecord], "Rules that could not be checked, with what they lacked."]


def lint_document(view: View) -> LintDocument:
    """The whole report as plain data."""
    report = view.report
    return {
        "schema": "kanban-lint/1",
        "as_of": view.today,
        "findings": [finding_json(view, finding) for finding in view.findings],
        "summary": {
            "error": report.count("error"),
            "warning": report.count("warning"),
            "info": report.count("info"),
            "waived": report.waived,
            "baselined": report.baselined,
            "rules_checked": len(report.checked),
        },
        "skipped": [{"code": rule.code, "name": rule.name, "needs": need} for rule, need in report.skipped],
    }


def finding_json(view: View, finding: Finding) -> FindingRecord:
    """One finding; `card` is null for a finding about the board, `fix` null when there is none."""
    hit = finding.hit
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "card": _text(hit.card) or None,
        "path": _text(view.path(finding)),
        "line": hit.line,
        "column": hit.column,
        "message": _text(hit.message),
        "cure": _text(hit.cure),
        "fingerprint": finding.fingerprint,
        "field": _text(hit.key) or None,
        "fix": None if hit.fix is None else _fix(view, finding, hit.fix),
    }


def _fix(view: View, finding: Finding, fix: Fix) -> FixRecord:
    edit = view.edit(finding)
    edits: list[EditRecord] = []
    if edit is not None:
        path = _text(view.place(edit.path))
        edits.append({"path": path, "start_line": edit.start, "end_line": edit.end, "text": edit.text})
    return {"applicability": applicability(fix), "label": fix.label, "edits": edits}


def json_(view: View) -> str:
    """The document, indented."""
    return to_json(lint_document(view)) + "\n"


def jsonl(view: View) -> str:
    """One finding a line."""
    return "".join(to_json(finding_json(view, one), indent=None) + "\n" for one in view.findings)


def _text(text: str) -> str:
    """Names that are not Unicode come from git with stand-in characters that no output can encode."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()
