"""How often each rule is broken: what `--statistics` prints."""

from __future__ import annotations

from collections import Counter

from kanban.lint.report.view import View
from kanban.lint.selection import rule_named
from kanban.paper.page import Page, Section, rows_of
from kanban.paper.text import text


def statistics(view: View) -> str:
    """One line a rule, the most frequent first."""
    counts = Counter(finding.code for finding in view.findings)
    width = len(str(max(counts.values(), default=0)))
    lines: list[tuple[str]] = []
    for code, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
        rule = rule_named(code)
        fix = " [*]" if rule is not None and rule.fix == "safe" else ""
        summary = f"{rule.name}: {rule.summary}" if rule is not None else ""
        lines.append((f"{count:>{width}}  {code}{fix} {summary}",))
    return text(Page(sections=(Section("rules", rows=rows_of(lines)),)))
