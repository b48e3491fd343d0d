"""Findings in the diagnostic format of reviewdog."""

from __future__ import annotations

import json

from kanban.lint.report.view import URL, View, sentence


def rdjson(view: View) -> str:
    """One diagnostic per finding."""
    diagnostics = [
        {
            "message": sentence(finding),
            "location": {
                "path": view.path(finding),
                "range": {"start": {"line": finding.hit.line, "column": finding.hit.column}},
            },
            "severity": finding.severity.upper(),
            "code": {"value": f"{finding.code} {finding.name}"},
        }
        for finding in view.findings
    ]
    return json.dumps({"source": {"name": "kanban", "url": URL}, "diagnostics": diagnostics}, indent=2)
