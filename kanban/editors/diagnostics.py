"""Findings as an editor shows them: the same rules and the same words as `kanban lint`."""

from __future__ import annotations

from dataclasses import dataclass

from lsprotocol.types import Diagnostic, DiagnosticSeverity

from kanban.commands.check.judge import judged_file
from kanban.editors.draft import Draft
from kanban.editors.text import Text
from kanban.errors import BadBoard
from kanban.lint.finding import Finding, ordered
from kanban.lint.rule import AUDIT, Rule
from kanban.lint.selection import rule_named
from kanban.model.cards.card import Card
from kanban.paper.plain import one_line

SOURCE = "kanban"
_SEVERITIES = {
    "error": DiagnosticSeverity.Error,
    "warning": DiagnosticSeverity.Warning,
    "info": DiagnosticSeverity.Information,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found in a text. `whole`: rules that look at other cards were asked about this very text."""

    content: str
    findings: tuple[Finding, ...]
    whole: bool
    broken: str = ""
    broken_line: int = 1


def quick_look(draft: Draft, before: Verdict | None) -> Verdict:
    """What the rules say that judge a card by itself, beside what the others said of an earlier text."""
    if draft.card is None:
        return before or Verdict(draft.content, (), whole=False)
    told = judged_file(draft.desk.alone(draft.path, draft.data), draft.path, _by_itself).findings
    kept = [one for one in before.findings if not _says_it_alone(one)] if before is not None else []
    return Verdict(draft.content, ordered([*told, *kept]), whole=False)


def whole_look(draft: Draft) -> Verdict:
    """What `kanban lint --stdin-filename` says of the text."""
    try:
        found = judged_file(draft.desk.with_text(draft.path, draft.data), draft.path).findings
    except BadBoard as error:
        line = error.where.rpartition(":")[2]
        said = one_line(error.message) + (f"  → {one_line(error.cure)}" if error.cure else "")
        return Verdict(draft.content, (), True, said, int(line) if line.isdigit() else 1)
    return Verdict(draft.content, found, whole=True)


def _by_itself(rule: Rule) -> bool:
    return rule.is_alone or AUDIT in rule.needs


def _says_it_alone(finding: Finding) -> bool:
    rule = rule_named(finding.code)
    return rule is not None and _by_itself(rule)


def diagnostics(draft: Draft, verdict: Verdict) -> list[Diagnostic]:
    """The findings with their places."""
    if verdict.broken:
        place = draft.text.whole_line(verdict.broken_line - 1)
        return [Diagnostic(place, verdict.broken, severity=DiagnosticSeverity.Error, source=SOURCE)]
    return [_diagnostic(draft, finding) for finding in verdict.findings]


def _diagnostic(draft: Draft, finding: Finding) -> Diagnostic:
    hit = finding.hit
    start = draft.text.at(hit.line, hit.column)
    return Diagnostic(
        draft.text.range(start, _end(draft.text, draft.card, finding, start)),
        said(finding),
        severity=_SEVERITIES[finding.severity],
        code=finding.code,
        source=SOURCE,
        data={"fingerprint": finding.fingerprint},
    )


def said(finding: Finding) -> str:
    """Message and cure on one line, as the linter prints them."""
    cure = one_line(finding.hit.cure)
    return one_line(finding.hit.message) + (f"  → {cure}" if cure else "")


def _end(text: Text, card: Card | None, finding: Finding, start: int) -> int:
    """The end of the field's value where a finding points to one, else of the line."""
    line_end = text.end_of(text.line_at(start))
    raw = card.raw.get(finding.hit.key) if card is not None else None
    if raw is not None and raw.start == start < raw.end:
        return min(raw.end, line_end)
    return line_end
