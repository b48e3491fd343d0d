"""Which rule tells which problem that reading a board found: every code of `kanban.model` stands here.

The rules that only pass problems on are one table, `reading_problems.md`: severity, codes, manual page.
"""

import re
from functools import partial
from pathlib import Path

from kanban.i18n import _
from kanban.lint.finding import Fix, Hit
from kanban.lint.fixes import Change
from kanban.lint.rule import Hits, LintContext, Rule
from kanban.model.text.problem import Problem

OTHER = "other-problem"

_SECTION = re.compile(r"^## (KB\d{3}) ([a-z-]+): (error|warning|info), (card|board);?(.*)$\n\n", re.MULTILINE)
_SECTIONS = _SECTION.split(Path(__file__).with_suffix(".md").read_text("utf-8"))[1:]

PROBLEM_RULES: dict[str, str] = {
    "symlink": "symbolic-link",
    "submodule": "symbolic-link",
    "bom": "byte-order-mark",
    "carriage-return": "line-ends",
    "mixed-newlines": "line-ends",
    "control-character": "hidden-character",
    "no-front-matter": "no-front-matter",
    "front-matter-not-first": "front-matter-not-first",
    **{code: name for name, codes in zip(_SECTIONS[1::6], _SECTIONS[4::6], strict=True) for code in codes.split()},
}
"""The rule that tells a problem, by the problem's code: rules with logic of their own first, then the table's."""


def rule_for(problem: Problem) -> str:
    """The name of the rule that tells a problem."""
    if problem.key == "lost_reason" and problem.code.startswith("choice-"):
        return "lost-reason"
    return PROBLEM_RULES.get(problem.code, OTHER)


def hits_of(context: LintContext, name: str, label: str = "", mend: Change | None = None, *, safe: bool = True) -> Hits:
    """The problems that the rule `name` tells, as hits; `mend` is the fix they offer, under `label`."""
    found = [(problem, "") for problem in context.board.problems]
    found += [(problem, card.id) for card in context.board.cards for problem in card.problems]
    for problem, card in found:
        if rule_for(problem) == name:
            cure = problem.cure or _("correct line {line} of {path}").format(line=problem.line, path=problem.path)
            place = (problem.path, problem.line, problem.column)
            fix = Fix(problem.path, label, mend, safe) if mend else None
            yield Hit(*place, problem.message, cure, card, problem.key, problem.code, fix=fix)


RULES = tuple(
    Rule(code, name, scope, severity, partial(hits_of, name=name), doc, waivable=scope)
    for code, name, severity, scope, _codes, doc in zip(*(_SECTIONS[at::6] for at in range(6)), strict=True)
)
"""The rules without logic, in the order of their codes."""
