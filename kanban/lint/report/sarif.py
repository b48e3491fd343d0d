"""Findings as SARIF 2.1.0, for code scanning and for viewers that read it."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from kanban.lint.finding import Finding
from kanban.lint.report.view import URL, View, sentence
from kanban.lint.rule import Rule

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif(view: View) -> str:
    """One run with the rules that were checked and a result per finding."""
    rules = view.report.checked
    index = {rule.code: at for at, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "kanban",
                "version": view.version,
                "informationUri": URL,
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(view, finding, index) for finding in view.findings],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(rule: Rule) -> dict[str, Any]:
    why, flags, cure = rule.manual.prose
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": why},
        "help": {"text": f"{flags}\n\n{cure}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(view: View, finding: Finding, index: dict[str, int]) -> dict[str, Any]:
    place = {
        "artifactLocation": {"uri": quote(view.path(finding), errors="surrogateescape"), "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": finding.hit.line, "startColumn": finding.hit.column},
    }
    result = {
        "ruleId": finding.code,
        "ruleIndex": index[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": sentence(finding)},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"kanban/v1": finding.fingerprint},
    }
    return result | _fixes(view, finding)


def _fixes(view: View, finding: Finding) -> dict[str, Any]:
    """The change that cures it, as viewers offer it."""
    edit, fix = view.edit(finding), finding.hit.fix
    if edit is None or fix is None:
        return {}
    region = {"startLine": edit.start, "startColumn": 1, "endLine": edit.end + 1, "endColumn": 1}
    place = {"uri": quote(view.place(edit.path), errors="surrogateescape"), "uriBaseId": "%SRCROOT%"}
    change = {
        "artifactLocation": place,
        "replacements": [{"deletedRegion": region, "insertedContent": {"text": edit.text}}],
    }
    return {"fixes": [{"description": {"text": fix.label}, "artifactChanges": [change]}]}
