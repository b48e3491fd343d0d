"""Runs rules over a context: two rounds, because what became of the waivers is known only after the first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import field, replace
from typing import TYPE_CHECKING

from kanban.lint.finding import Finding, Hit, ordered, reaches
from kanban.lint.judged_before import JudgedBefore, learn, without_known
from kanban.lint.rule import AUDIT, CARD, PAST, LintContext, Rule
from kanban.lint.selection import Selection, fits, rule_cure, rule_named
from kanban.lint.waivers.apply import apply_waivers, waivers_of
from kanban.lint.waivers.audit import Audit
from kanban.lint.waivers.baseline import Baseline
from kanban.lint.waivers.forced import ASKED, excused
from kanban.lint.waivers.old_excess import Standing
from kanban.model.cards.board import Board
from kanban.values import dataclass

if TYPE_CHECKING:
    from kanban.lint.quiet import Quiet

FEWEST = 400
"""Closed cards from which on those of which nothing is told are looked for first."""


@dataclass(frozen=True)
class Request:
    """What to check. `wanted` tells for a path whether its card findings count; `changed` limits them to these cards,
    and makes limits that were exceeded before warnings when the change adds nothing.

    `waive` off ignores every waiver; `baseline` holds accepted findings.
    """

    selection: Selection = field(default_factory=Selection)
    wanted: Callable[[str], bool] | None = None
    changed: frozenset[str] | None = None
    waive: bool = True
    baseline: Baseline | None = None

    @property
    def whole(self) -> bool:
        """Whether everything was looked at, so that what found nothing can be called unused."""
        return self.wanted is None and self.changed is None


@dataclass(frozen=True)
class Report:
    """What was found.

    `skipped` are rules that could not be checked, with what they lacked. `waived` and `baselined` count the findings
    that were accepted; `fixable` is how many `--fix` cures, with what these uncover, where that was asked.
    """

    findings: tuple[Finding, ...]
    checked: tuple[Rule, ...]
    skipped: tuple[tuple[Rule, str], ...] = ()
    waived: int = 0
    baselined: int = 0
    fixable: int | None = None

    def fails(self, threshold: str) -> bool:
        """Whether a finding is as grave as `threshold` or graver."""
        return any(reaches(finding.severity, threshold) for finding in self.findings)

    def count(self, severity: str) -> int:
        """How many findings have exactly this severity."""
        return sum(finding.severity == severity for finding in self.findings)


def lint(context: LintContext, request: Request | None = None, before: JudgedBefore | None = None) -> Report:
    """Check a board. The same context and request give the same report, whatever is known from `before`."""
    request = request or Request()
    before = before if request.whole else None
    context = replace(context, rule_cure=rule_cure)
    rules = request.selection.rules()
    unknown = without_known(context, before)
    told: set[str] = set()
    of_now = [rule for rule in rules if PAST.isdisjoint(rule.needs) and _can(context, rule)]
    at_once = [rule for rule in of_now if AUDIT not in rule.needs]
    quiet = _looked_for_quiet(unknown, at_once) if request.whole else None
    lasting = [rule for rule in at_once if rule.is_lasting]
    soon = sorted(at_once if quiet is None else _others(at_once, lasting), key=_asks_past)
    found = list(_findings(context, soon, request, unknown.board, told))
    if quiet is None:
        learn(unknown, before, told, ())
    if context.past is not None:
        context = context.past(context)  # which may have to be waited for
    ready = [rule for rule in rules if _can(context, rule)]
    first = [rule for rule in ready if AUDIT not in rule.needs]
    found += _findings(context, _others(first, at_once), request, unknown.board, set())
    if quiet is not None:
        unknown, more = quiet.taken()
        found += _findings(context, lasting, request, unknown.board, told)
        learn(unknown, before, told, more)
    if request.changed is None:
        found = [excused(context, one) for one in found]
    waivers = waivers_of(_of_cards(unknown, request).board) if request.waive else ()
    unwaived, used = apply_waivers(found, waivers, context.today)
    kept, baselined, stale = request.baseline.split(unwaived, context.today) if request.baseline else (unwaived, 0, ())
    codes = frozenset(rule.code for rule in first) if request.whole else frozenset()
    stale = tuple(entry for entry in stale if entry.code in codes)
    audit = Audit(waivers, used, codes, stale, request.baseline.path if request.baseline else "")
    second = [rule for rule in ready if AUDIT in rule.needs]
    late = list(_findings(replace(context, audit=audit), second, request, context.board, set()))
    skipped = tuple((rule, _lacking(context, rule)) for rule in _others(rules, ready))
    waived = len(found) - len(unwaived)
    return Report(ordered([*kept, *late]), tuple(ready), skipped, waived, baselined)


def with_findings(report: Report, other: Report) -> Report:
    """The report with what the other one checked and found too: of the same finding the graver."""
    found: dict[tuple[str, str, int, str], Finding] = {}
    for one in (*report.findings, *other.findings):
        key = (one.code, one.path, one.hit.line, one.hit.message)
        if key not in found or not reaches(found[key].severity, one.severity):
            found[key] = one
    checked = {rule.code: rule for rule in (*report.checked, *other.checked)}
    return replace(report, findings=ordered(found.values()), checked=tuple(checked[code] for code in sorted(checked)))


def _looked_for_quiet(context: LintContext, rules: list[Rule]) -> Quiet | None:
    """Closed cards of which nothing is told, looked for from here on; None where there are few."""
    if len(context.board.cards) - len(context.board.open_cards) < FEWEST:
        return None
    from kanban.lint.quiet import Quiet

    return Quiet(context, rules)


def _others(rules: Iterable[Rule], known: Iterable[Rule]) -> list[Rule]:
    """The rules that are not among those that are known."""
    codes = {rule.code for rule in known}
    return [rule for rule in rules if rule.code not in codes]


def _can(context: LintContext, rule: Rule) -> bool:
    """Whether what the rule needs is there."""
    return all(context.has(need) for need in rule.needs if need != AUDIT)


def _asks_past(rule: Rule) -> bool:
    """Whether a finding of the rule may be asked about its past: these come last, when that may have been read."""
    return rule.code in ASKED


def _lacking(context: LintContext, rule: Rule) -> str:
    return next(need for need in rule.needs if need != AUDIT and not context.has(need))


def _findings(
    context: LintContext, rules: Iterable[Rule], request: Request, unknown: Board, told: set[str]
) -> Iterator[Finding]:
    """What the rules find; `unknown` is the board without the cards that are known to have nothing to tell.

    The paths of which something lasting is told, counted or not, are added to `told`.
    """
    severities = _severities(context)
    standing = Standing(context)
    alone = _of_cards(context, request)
    lasting = alone if unknown is context.board else _of_cards(replace(context, board=unknown), request)
    beside = replace(context, told=alone.board.cards)
    for rule in rules:
        if rule.only_of and request.wanted is not None and not request.wanted(rule.only_of):
            continue
        asked = lasting if rule.is_lasting else alone if rule.is_alone else beside
        for hit in rule.check(asked):
            if rule.is_lasting:
                told.add(hit.path)
            if _counts(context, rule, hit, request):
                severity = severities.get(rule.code) or hit.severity or rule.severity
                finding = Finding(rule.code, rule.name, severity, hit)
                yield finding if request.changed is None else standing.judged(rule, excused(context, finding))


def _of_cards(context: LintContext, request: Request) -> LintContext:
    """The context for rules that judge each card by itself: with the cards whose findings count, and no others."""
    board, changed, wanted = context.board, request.changed, request.wanted
    if request.whole:
        return context
    board = board if changed is None else board.at(changed)
    if wanted is not None:
        board = replace(board, cards=tuple(card for card in board.cards if wanted(card.path)))
    return replace(context, board=board)


def _severities(context: LintContext) -> dict[str, str]:
    """Severities the board chose, by code; names of rules that do not exist are another rule's finding."""
    chosen = ((rule_named(name), severity) for name, severity in context.board.config.lint.severity.items())
    return {rule.code: severity for rule, severity in chosen if rule is not None}


def _counts(context: LintContext, rule: Rule, hit: Hit, request: Request) -> bool:
    settings = context.board.config.lint
    places = hit.places
    if any(fits(place, pattern) for place in places for pattern in settings.exclude):
        return False
    if request.selection.ignores(rule, places):
        return False
    if request.wanted is not None and not any(request.wanted(place) for place in places):
        return False
    return request.changed is None or rule.scope != CARD or hit.path in request.changed
