"""The one judge of a change: whoever shows findings, in a terminal, a comment or a file, asks here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from kanban.commands.check.context import Pasts, context_of
from kanban.commands.check.request import request_of
from kanban.commands.check.wanted import Wanted
from kanban.lint.engine import Report, Request, lint, with_findings
from kanban.lint.rule import BOARD, CARD, ERROR
from kanban.lint.rules import RULES
from kanban.lint.selection import ALL, Selection
from kanban.model.settings.policies import LintSettings
from kanban.model.settings.trusted import rules_before
from kanban.repository.kept.index import Index
from kanban.repository.kept.judgements import Judgements
from kanban.values import dataclass

if TYPE_CHECKING:
    from kanban.commands.check.inputs.source import Source
    from kanban.lint.finding import Finding
    from kanban.lint.rule import LintContext, Rule
    from kanban.model.history.events import History


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found, and whom to ask for the past of all cards, where rules looked at a past."""

    report: Report
    past: Pasts | None

    @property
    def history(self) -> History | None:
        """The past of all cards, where rules looked at one."""
        return None if self.past is None else self.past.of()


def judged(source: Source, wanted: Wanted | None = None) -> Judged:
    """The findings on a board and on the steps that led to it, by its own rules and by those from before the change.

    With a wish of the user (`wanted`), the older rules look at the cards that the change touches; without, at all.
    """
    asked = wanted or Wanted()
    request = request_of(source, asked)
    past = Pasts(source)
    context = context_of(source, request.selection.rules(), request.changed, past)
    report = lint(context, request, _before(source, request))
    if source.unsigned:
        report = with_findings(report, _never_waived(context))
    if source.strict is not None:
        report = with_findings(report, _strictly(source, asked, whole=wanted is None))
    return Judged(report, None if context.past is None else past)


def _never_waived(context: LintContext) -> Report:
    """What nothing plays down, found whatever was selected, ignored, excluded or accepted."""
    plain = replace(context.board.config, lint=LintSettings())
    board = replace(context.board, config=plain)
    codes = tuple(rule.code for rule in RULES if rule.binding)
    return lint(replace(context, board=board), Request(Selection(select=codes), waive=False))


def judged_merge(source: Source) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """What is found on the board as a whole, before a merge and in its result."""
    codes = tuple(rule.code for rule in request_of(source, Wanted()).selection.rules() if rule.scope == BOARD)
    wanted = Wanted(select=codes)
    if source.base is None or source.before is None or not codes:
        return (), ()
    before = replace(source, board=source.base, files=source.before, before=None, base=None, strict=None)
    return judged(before, wanted).report.findings, judged(source, wanted).report.findings


def news_of(source: Source, report: Report) -> Report:
    """The report without the warnings on cards that were there before the change: whoever brought them was told.

    What is an error by itself, and a warning here only since it was there before, goes on being told: a broken card.
    """
    cards = {rule.code for rule in RULES if rule.scope == CARD}
    codes = tuple({one.code: None for one in report.findings if one.severity != ERROR and one.code in cards})
    if source.base is None or source.before is None or not codes:
        return report
    before = replace(
        source, board=source.base, files=source.before, before=None, base=None, strict=None, steps=None, merged=()
    )
    judged_before = judged(before, Wanted(select=codes)).report.findings
    known = {one.fingerprint for one in judged_before if one.severity != ERROR}
    news = (one for one in report.findings if one.severity == ERROR or one.fingerprint not in known)
    return replace(report, findings=tuple(news))


def judged_file(source: Source, path: str, only: Callable[[Rule], bool] = lambda _rule: True) -> Report:
    """What is found in one file of the board, as `--stdin-filename` has it; of some rules where `only` chooses."""
    request = request_of(source, Wanted())
    chosen = tuple(rule.code for rule in request.selection.rules() if only(rule))
    selection = replace(request.selection, select=chosen, ignore=() if chosen else (ALL,), extend=())
    request = replace(request, selection=selection, wanted=lambda place: place == path)
    return lint(context_of(source, selection.rules(), frozenset((path,))), request)


def _before(source: Source, request: Request) -> Judgements | None:
    """What earlier runs found nothing in; None where nothing is kept."""
    if source.repository is None or not source.cached or not request.whole:
        return None
    codes = (rule.code for rule in request.selection.rules() if rule.is_lasting)
    return Judgements(Index(source.repository.common_dir), source.board, codes)


def _strictly(source: Source, wanted: Wanted, *, whole: bool) -> Report:
    """What the rules from before the change find."""
    board = source.strict or source.board
    before = source.base.config if source.base is not None else board.config
    then = {commit: rules_before(before, config) for commit, config in source.rules_then.items()}
    strict = replace(source, board=board, strict=None, baseline=source.baseline_before, rules_then=then)
    request = replace(request_of(strict, wanted), changed=None if whole else source.changed)
    return lint(context_of(strict, request.selection.rules(), request.changed), request)
