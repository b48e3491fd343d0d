"""Findings as a JUnit report, which most build servers can show.

A finding that fails the run is a failed test; a milder one is a skipped test with its message. A clean board is one
test that passed.
"""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from kanban.lint.finding import Finding, reaches
from kanban.lint.report.view import View, sentence

_ALLOWED = ((0x20, 0xD7FF), (0xE000, 0xFFFD), (0x10000, 0x10FFFF))


def junit(view: View) -> str:
    """One test suite with one test case a finding."""
    failures = sum(reaches(one.severity, view.fail_on) for one in view.findings)
    skipped = len(view.findings) - failures
    cases = [_case(view, one) for one in view.findings] or ['    <testcase classname="kanban" name="lint"/>']
    counts = f'tests="{len(cases)}" failures="{failures}" errors="0"'
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f"<testsuites {counts}>",
            f'  <testsuite name="kanban lint" {counts} skipped="{skipped}" time="0">',
            *cases,
            "  </testsuite>",
            "</testsuites>",
        ]
    )


def _case(view: View, finding: Finding) -> str:
    place = f"{view.path(finding)}:{finding.hit.line}:{finding.hit.column}"
    name = _attribute(f"{finding.code} {finding.name} {place}")
    message = _attribute(sentence(finding))
    if reaches(finding.severity, view.fail_on):
        verdict = f"<failure type={quoteattr(finding.severity)} message={message}/>"
    else:
        verdict = f"<skipped message={message}/>"
    return f"    <testcase classname={_attribute(view.path(finding))} name={name}>{verdict}</testcase>"


def _attribute(text: str) -> str:
    return quoteattr(
        "".join(one if any(low <= ord(one) <= high for low, high in _ALLOWED) else "\ufffd" for one in text)
    )
