"""Findings as data: the `kanban-lint/1` document, or one JSON object a line."""

from __future__ import annotations

import json
from typing import Any

from kanban.lint.finding import Finding
from kanban.lint.fixes import applicability
from kanban.lint.report.view import View

SCHEMA = "kanban-lint/1"


def lint_document(view: View) -> dict[str, Any]:
    """The whole report as plain data."""
    report = view.report
    return {
        "schema": SCHEMA,
        "as_of": view.today.isoformat(),
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


def finding_json(view: View, finding: Finding) -> dict[str, Any]:
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
        "fix": None if hit.fix is None else {"applicability": applicability(hit.fix), "label": hit.fix.label},
    }


def json_(view: View) -> str:
    """The document, indented."""
    return json.dumps(lint_document(view), ensure_ascii=False, indent=2) + "\n"


def jsonl(view: View) -> str:
    """One finding a line."""
    return "".join(json.dumps(finding_json(view, one), ensure_ascii=False) + "\n" for one in view.findings)


def _text(text: str) -> str:
    """Names that are not Unicode come from git with stand-in characters that no output can encode."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()
