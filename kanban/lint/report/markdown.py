"""Findings as Markdown, for the summary of a job or a comment; card text cannot mention people or break the table."""

from __future__ import annotations

import re

from kanban.i18n import _
from kanban.lint.report.text import summary
from kanban.lint.report.view import View
from kanban.paper.plain import one_line

_SIGNS = {"error": "🔴", "warning": "🟠", "info": "🔵"}
_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+!|~&-])")
_MENTION = re.compile(r"@(?=\w)|(?<!\w)#(?=\d)")


def markdown(view: View) -> str:
    """A line with the sums and a table of findings."""
    lines = [f"**{escaped(summary(view))}**"]
    if view.findings:
        head = ["", _("Place"), _("Rule"), _("Finding"), _("Cure")]
        lines += ["", _row(head), _row(["---"] * len(head))]
    for finding in view.findings:
        place = f"{escaped(view.path(finding))}:{finding.hit.line}"
        rule = f"{finding.code} {escaped(finding.name)}"
        cells = [_SIGNS[finding.severity], place, rule, escaped(finding.hit.message), escaped(finding.hit.cure)]
        lines.append(_row(cells))
    return "\n".join(lines)


def escaped(text: str) -> str:
    """The text as it reads, whatever signs are in it: no markup, no mention, no link to an issue."""
    plain = _SPECIAL.sub(r"\\\1", one_line(text))
    return _MENTION.sub(lambda found: found.group() + "\u200b", plain.replace("\\#", "#")).replace("://", ":\u200b//")


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
