"""Findings as a GitLab code quality report, which merge requests show beside the changed lines."""

from __future__ import annotations

import json

from kanban.lint.report.view import View, sentence

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def gitlab(view: View) -> str:
    """A list of issues; fingerprints are unique, as GitLab demands."""
    issues = [
        {
            "description": f"{finding.code}: {sentence(finding)}",
            "check_name": finding.name,
            "fingerprint": finding.fingerprint,
            "severity": _SEVERITIES[finding.severity],
            "location": {"path": view.path(finding), "lines": {"begin": finding.hit.line}},
        }
        for finding in view.findings
    ]
    return json.dumps(issues, indent=2)
