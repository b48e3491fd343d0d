"""An expired waiver is renewed or dropped.

Why: its last day has passed, so it hides nothing any more; the finding is back.

Flags: a waiver whose day lies before today.

Cure: settle the matter and drop the waiver (`kanban lint --fix`), or give it a new day and say why.

Bad:

    == offer/acme.md
    ---
    account: ACME
    lint_ignore: ["KB501 until 2026-09-30: waiting for legal"]
    ---

Good:

    == offer/acme.md
    ---
    account: ACME
    lint_ignore: ["KB501 until 2026-12-31: waiting for legal"]
    ---
"""

from kanban.i18n import _
from kanban.lint.rule import AUDIT, CARD, SAFE, WARNING, Hits, LintContext, rule
from kanban.lint.waivers.comments import dropped, waiver_hit


@rule("KB002", "waiver-expired", CARD, WARNING, fix=SAFE, needs=(AUDIT,), timed=True, waivable="board")
def check(context: LintContext) -> Hits:
    for waiver in context.audit.waivers if context.audit else ():
        if waiver.expired(context.today) and not waiver.fault:
            message = _("the waiver of {rule} ended on {day}").format(rule=waiver.rule, day=waiver.until)
            yield waiver_hit(waiver, message, _("drop it, or give it a new day and a reason"), dropped(waiver))
