"""Findings as GitHub workflow commands: annotations on the lines of a pull request.

GitHub shows ten errors and ten warnings a step: errors come first, and the findings of one card share an annotation.
Nothing but commands is printed, so that a card's text never begins a line, where it could be a command of its own.
"""

from __future__ import annotations

from collections.abc import Iterable

from kanban.i18n import _
from kanban.lint.finding import SEVERITIES, Finding
from kanban.lint.report.view import View, sentence
from kanban.paper.plain import printable

SHOWN = 10
_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def github(view: View) -> str:
    """One workflow command per card and severity, the gravest first."""
    lines = []
    for severity in reversed(SEVERITIES):
        groups = _groups(view, severity)
        lines += [_command(view, severity, findings) for findings in groups]
        if len(groups) > SHOWN:
            more = _("{count} more findings of this kind stand in the log and in the job's summary")
            lines.append(f"::{_COMMANDS[severity]}::" + _data(more.format(count=len(groups) - SHOWN)))
    return "\n".join(lines)


def _groups(view: View, severity: str) -> list[list[Finding]]:
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in view.findings:
        if finding.severity == severity:
            groups.setdefault((view.path(finding), finding.card), []).append(finding)
    return list(groups.values())


def _command(view: View, severity: str, findings: list[Finding]) -> str:
    first = findings[0]
    place = {
        "file": printable(view.path(first)),
        "line": str(first.hit.line),
        "col": str(first.hit.column),
        "title": _title(findings),
    }
    properties = ",".join(f"{key}={_property(value)}" for key, value in place.items())
    return f"::{_COMMANDS[severity]} {properties}::{_data(_message(findings))}"


def _title(findings: Iterable[Finding]) -> str:
    return ", ".join(dict.fromkeys(f"{one.code} {one.name}" for one in findings))


def _message(findings: list[Finding]) -> str:
    if len(findings) == 1:
        return sentence(findings[0])
    return "\n".join(f"{one.code}: {sentence(one)}" for one in findings)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
