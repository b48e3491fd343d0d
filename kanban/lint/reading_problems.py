"""Which rule tells which problem that reading a board found: every code of `kanban.model` stands here."""

from __future__ import annotations

from collections.abc import Iterator

from kanban.i18n import _
from kanban.lint.finding import Hit
from kanban.lint.rule import Check, LintContext
from kanban.model.text.problem import Problem

OTHER = "other-problem"

PROBLEM_RULES: dict[str, str] = {
    # board.yml
    "config-value": "bad-setting",
    "config-shape": "bad-setting",
    "config-missing": "bad-setting",
    "config-columns": "bad-setting",
    "config-unknown-key": "unknown-setting",
    # the file
    "unreadable": "unreadable-file",
    "missing": "unreadable-file",
    "too-large": "unreadable-file",
    "special": "unreadable-file",
    "binary": "not-text",
    "not-utf8": "not-text",
    "symlink": "symbolic-link",
    "submodule": "symbolic-link",
    "unmerged": "unmerged-card",
    "bom": "byte-order-mark",
    "carriage-return": "line-ends",
    "mixed-newlines": "line-ends",
    "control-character": "hidden-character",
    "conflict-marker": "conflict-marker",
    # the front matter
    "no-front-matter": "no-front-matter",
    "front-matter-not-first": "front-matter-not-first",
    "unclosed-front-matter": "unclosed-front-matter",
    "front-matter-cut": "unclosed-front-matter",
    "foreign-front-matter": "foreign-front-matter",
    "front-matter-not-mapping": "nested-field",
    "nested-value": "nested-field",
    "bad-key": "field-name",
    # YAML
    "yaml-syntax": "yaml-syntax",
    "yaml-key": "yaml-syntax",
    "yaml-several-documents": "yaml-syntax",
    "yaml-too-deep": "yaml-syntax",
    "yaml-duplicate-key": "duplicate-field",
    "yaml-alias": "yaml-reference",
    "yaml-tag": "yaml-reference",
    # types
    "money-negative": "unreadable-amount",
    "money-unreadable": "unreadable-amount",
    "money-ambiguous": "unreadable-amount",
    "money-too-large": "unreadable-amount",
    "money-too-precise": "unreadable-amount",
    "currency-missing": "unreadable-amount",
    "currency-unknown": "unreadable-amount",
    "percent-unreadable": "unreadable-probability",
    "percent-ambiguous": "unreadable-probability",
    "percent-out-of-range": "unreadable-probability",
    "date-unreadable": "unreadable-date",
    "date-with-offset": "unreadable-date",
    "date-relative": "unreadable-date",
    "date-ambiguous": "unreadable-date",
    "date-without-year": "unreadable-date",
    "date-impossible": "unreadable-date",
    "date-weekday": "unreadable-date",
    "date-implausible": "unreadable-date",
    "time-impossible": "unreadable-date",
    "integer-unreadable": "unreadable-number",
    "integer-out-of-range": "unreadable-number",
    "yes-no-unreadable": "unreadable-number",
    "choice-ambiguous": "unknown-choice",
    "choice-unknown": "unknown-choice",
    "field-list": "list-for-one-value",
}


def rule_for(problem: Problem) -> str:
    """The name of the rule that tells a problem."""
    if problem.key == "lost_reason" and problem.code.startswith("choice-"):
        return "lost-reason"
    return PROBLEM_RULES.get(problem.code, OTHER)


def reported(name: str) -> Check:
    """The check of a rule that only tells what reading the board found."""

    def check(context: LintContext) -> Iterator[Hit]:
        yield from hits_of(context, name)

    return check


def hits_of(context: LintContext, name: str) -> Iterator[Hit]:
    """The problems that the rule `name` tells, as hits."""
    for problem in context.board.problems:
        if rule_for(problem) == name:
            yield _hit(problem, "")
    for card in context.board.cards:
        for problem in card.problems:
            if rule_for(problem) == name:
                yield _hit(problem, card.id)


def _hit(problem: Problem, card: str) -> Hit:
    cure = problem.cure or _("correct line {line} of {path}").format(line=problem.line, path=problem.path)
    place = (problem.path, problem.line, problem.column)
    return Hit(*place, problem.message, cure, card, problem.key, problem.code)
