"""Findings that somebody took upon himself: `move --force --reason …` said why in the commit that moved the card.

The commit's `Override:` lines excuse the state it made, in hooks, at the push, on the server and in the folder alike,
for as long as the card stands where it was forced to: the finding stays, as information with the reason.
"""

from dataclasses import replace

from kanban.i18n import _
from kanban.i18n.formats import format_clauses
from kanban.lint.finding import Finding, reaches
from kanban.lint.rule import ERROR, INFO, WARNING, LintContext

_WORDS = {"KB505": "lost-reason", "KB511": "dor"}
"""The rules about a card's state, with the word that `Override:` has for each."""
_LIMITS = {"KB304", "KB305"}
ASKED = frozenset((*_WORDS, *_LIMITS))
"""The rules whose findings may be excused."""


def excused(context: LintContext, finding: Finding) -> Finding:
    """The finding, as information that gives the reason when it was overridden; else as it is."""
    if not reaches(finding.severity, WARNING):
        return finding
    if finding.code in _LIMITS:
        reasons = _over_limit(context, finding)
    else:
        word = _WORDS.get(finding.code, "")
        reason = context.forced(finding.card).get(word) if word and finding.card else None
        reasons = (reason,) if reason else ()
    if not reasons:
        return finding
    text = _("{message}; forced: {reason}")
    message = text.format(message=finding.hit.message, reason=format_clauses(dict.fromkeys(reasons)))
    return replace(finding, severity=INFO, hit=replace(finding.hit, message=message))


def _over_limit(context: LintContext, finding: Finding) -> tuple[str, ...]:
    """The reasons of the cards above a limit, when every one of them was forced over it; else ()."""
    load = finding.hit.load
    if load is None or finding.severity != ERROR:
        return ()
    word = "wip-" + finding.hit.key.partition(":")[0]
    reasons: list[str] = []
    for seen, card in enumerate(sorted(load.cards), 1):
        reason = context.forced(card).get(word)
        reasons += [reason] if reason else []
        if seen - len(reasons) > load.limit:
            return ()
    return tuple(reasons)
