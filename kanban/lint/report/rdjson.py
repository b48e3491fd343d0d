"""Findings in the diagnostic format of reviewdog."""

from __future__ import annotations

import json
from typing import Any

from kanban.lint.finding import Finding
from kanban.lint.report.view import URL, View, sentence


def rdjson(view: View) -> str:
    """One diagnostic per finding."""
    diagnostics = [
        {
            "message": sentence(finding),
            "location": {
                "path": view.path(finding),
                "range": {"start": {"line": finding.hit.line, "column": _bytes(view, finding)}},
            },
            "severity": finding.severity.upper(),
            "code": {"value": f"{finding.code} {finding.name}"},
            "suggestions": _suggestions(view, finding),
        }
        for finding in view.findings
    ]
    return json.dumps({"source": {"name": "kanban", "url": URL}, "diagnostics": diagnostics}, indent=2)


def _bytes(view: View, finding: Finding) -> int:
    """The column as the format counts it: in bytes of UTF-8, from one."""
    before = (view.source_line(finding) or "")[: finding.hit.column - 1]
    return finding.hit.column - len(before) + len(before.encode("utf-8", "surrogateescape"))


def _suggestions(view: View, finding: Finding) -> list[dict[str, Any]]:
    """The change that cures it, in the file that the finding is about: from the start of a line to that of another."""
    edit = view.edit(finding)
    if edit is None or edit.path != finding.path:
        return []
    start, end = ({"line": line, "column": 1} for line in (edit.start, edit.end + 1))
    return [{"range": {"start": start, "end": end}, "text": edit.text}]
