"""A waiver that holds nothing is dropped.

Why: it would hide the next finding of that rule, which nobody has looked at.

Flags: a waiver in force whose rule was checked and found nothing to waive.

Cure: remove it; `kanban lint --fix` does.

Bad:

    == offer/acme.md
    ---
    account: ACME
    next_action: call Ana
    next_action_date: 2026-10-08
    lint_ignore: ["KB501 until 2026-12-31: waiting for legal"]
    ---

Good:

    == offer/acme.md
    ---
    account: ACME
    next_action: call Ana
    next_action_date: 2026-10-08
    ---
"""

from kanban.i18n import _
from kanban.lint.rule import AUDIT, CARD, SAFE, WARNING, Hits, LintContext, rule
from kanban.lint.waivers.comments import dropped, waiver_hit


@rule("KB003", "waiver-unused", CARD, WARNING, fix=SAFE, needs=(AUDIT,), waivable="board")
def check(context: LintContext) -> Hits:
    if context.audit is None:
        return
    for waiver in context.audit.unused(context.today):
        message = _("the waiver of {rule} holds nothing").format(rule=waiver.rule)
        yield waiver_hit(waiver, message, _("remove it"), dropped(waiver))
