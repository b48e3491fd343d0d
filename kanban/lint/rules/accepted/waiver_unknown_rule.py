"""A waiver names a rule that exists.

Why: with a mistyped name it waives nothing, and its author believes it does.

Flags: a waiver, on a card or in board.yml, whose rule nobody knows.

Cure: take the proposed spelling; `kanban rules` lists codes and names.

Bad:

    == offer/acme.md
    ---
    account: ACME
    lint_ignore: ["missing-next-step until 2026-12-31: waiting for legal"]
    ---

Good:

    == offer/acme.md
    ---
    account: ACME
    lint_ignore: ["missing-next-action until 2026-12-31: waiting for legal"]
    ---
"""

from kanban.i18n import _
from kanban.lint.rule import AUDIT, CARD, ERROR, Hits, LintContext, rule
from kanban.lint.waivers.comments import waiver_hit, waivers_with


@rule("KB005", "waiver-unknown-rule", CARD, ERROR, needs=(AUDIT,), waivable="board")
def check(context: LintContext) -> Hits:
    for waiver in waivers_with(context, "unknown-rule"):
        message = _("there is no rule “{name}” to waive").format(name=waiver.rule)
        yield waiver_hit(waiver, message, context.rule_cure(waiver.rule))
