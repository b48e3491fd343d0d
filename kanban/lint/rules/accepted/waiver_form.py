"""A waiver names a rule, a last day and a reason.

Why: an exception without an end stays for ever, and one without a reason cannot be judged by whoever comes next.

Flags: an entry of `lint_ignore` that is not `RULE until DAY: reason`. It holds nothing.

Cure: write for instance `"KB501 until 2026-12-31: waiting for legal"`, in quotes because of the colon.

Bad:

    == offer/acme.md
    ---
    account: ACME
    lint_ignore: [KB501]
    ---

Good:

    == offer/acme.md
    ---
    account: ACME
    lint_ignore: ["KB501 until 2026-12-31: waiting for legal"]
    ---
"""

from kanban.i18n import _
from kanban.lint.rule import AUDIT, CARD, ERROR, Hits, LintContext, rule
from kanban.lint.waivers.comments import waiver_hit, waivers_with


@rule("KB001", "waiver-form", CARD, ERROR, needs=(AUDIT,), waivable="board")
def check(context: LintContext) -> Hits:
    for waiver in waivers_with(context, "malformed"):
        message = _("the waiver “{text}” lacks its last day or its reason").format(text=waiver.text)
        cure = _('write it as "{rule} until 2026-12-31: reason"').format(rule=waiver.rule or "KB501")
        yield waiver_hit(waiver, message, cure)
