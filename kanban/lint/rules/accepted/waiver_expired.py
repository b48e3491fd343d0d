"""An expired waiver is renewed or dropped.

Why: its last day has passed, so it hides nothing any more; the finding is back.

Flags: a waiver whose day lies before today.

Cure: settle the matter and drop the waiver (`kanban lint --fix`), or give it a new day and say why.

Bad:

    == offre/acme.md
    ---
    account: ACME
    lint_ignore: ["KB501 until 2026-09-30: waiting for legal"]
    ---

Good:

    == offre/acme.md
    ---
    account: ACME
    lint_ignore: ["KB501 until 2026-12-31: waiting for legal"]
    ---
"""

from __future__ import annotations

from collections.abc import Iterator

from kanban.i18n import _
from kanban.lint.finding import Hit
from kanban.lint.rule import AUDIT, CARD, SAFE, WARNING, LintContext, Rule
from kanban.lint.waivers.comments import dropped, waiver_hit


def check(context: LintContext) -> Iterator[Hit]:
    for waiver in context.audit.waivers if context.audit else ():
        if waiver.expired(context.today) and not waiver.fault:
            message = _("the waiver of {rule} ended on {day}").format(rule=waiver.rule, day=waiver.until)
            yield waiver_hit(waiver, message, _("drop it, or give it a new day and a reason"), dropped(waiver))


RULE = Rule(
    "KB002", "waiver-expired", CARD, WARNING, check, __doc__, fix=SAFE, needs=(AUDIT,), timed=True, waivable="board"
)
