"""A card is pulled through every column.

Why: a card that jumps from prospect to offer has not been qualified, or was never noted; conversion per stage is
wrong either way.

Flags: a step past one or more columns, or to "won" from before the last one, in a commit that gives no reason.
Before the commit it only warns: the reason can still be given.

Cure: pull the card column by column, or say why in the commit's message: `Reason: inbound, the price was known`.
`kanban move --reason` writes it.

Bad:

    == offer/acme.md
    ---
    account: ACME
    ---
    == before: prospects/acme.md
    ---
    account: ACME
    ---
    == steps
    acme prospects to offer: offer for acme

Good:

    == offer/acme.md
    ---
    account: ACME
    ---
    == before: prospects/acme.md
    ---
    account: ACME
    ---
    == steps
    acme prospects to offer: offer for acme / Reason: inbound, the price was known
"""

from kanban.i18n import _
from kanban.lint.rule import ERROR, RANGE, STEPS, WARNING, Hits, LintContext, rule
from kanban.lint.steps.findings import step_hit, steps_going
from kanban.pull.moves import SKIP


@rule("KB401", "skipped-column", RANGE, ERROR, needs=(STEPS,))
def check(context: LintContext) -> Hits:
    for step, source, target in steps_going(context, SKIP):
        message = _("{card} went from {source} to {target} past a column").format(
            card=step.card, source=source.title, target=target.title
        )
        yield step_hit(
            context,
            step,
            message,
            _("say why in the message: `Reason: …`, or pull it column by column"),
            unsaid=WARNING,
        )
