"""A waiver that holds nothing is dropped.

Why: it would hide the next finding of that rule, which nobody has looked at.

Flags: a waiver in force whose rule was checked and found nothing to waive.

Cure: remove it; `kanban lint --fix` does.

Bad:

    == offre/acme.md
    ---
    account: ACME
    next_action: call Ana
    next_action_date: 2026-10-08
    lint_ignore: ["KB501 until 2026-12-31: waiting for legal"]
    ---

Good:

    == offre/acme.md
    ---
    account: ACME
    next_action: call Ana
    next_action_date: 2026-10-08
    ---
"""

from __future__ import annotations

from collections.abc import Iterator

from kanban.i18n import _
from kanban.lint.finding import Hit
from kanban.lint.rule import AUDIT, CARD, SAFE, WARNING, LintContext, Rule
from kanban.lint.waivers.comments import dropped, waiver_hit


def check(context: LintContext) -> Iterator[Hit]:
    if context.audit is None:
        return
    for waiver in context.audit.unused(context.today):
        message = _("the waiver of {rule} holds nothing").format(rule=waiver.rule)
        yield waiver_hit(waiver, message, _("remove it"), dropped(waiver))


RULE = Rule("KB003", "waiver-unused", CARD, WARNING, check, __doc__, fix=SAFE, needs=(AUDIT,), waivable="board")
