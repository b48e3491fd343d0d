"""A card is pulled through every column.

Why: a card that jumps from prospect to offer has not been qualified, or was never noted; conversion per stage is
wrong either way.

Flags: a step past one or more columns, or to "won" from before the last one, in a commit that gives no reason.
Before the commit it only warns: the reason can still be given.

Cure: pull the card column by column, or say why in the commit's message: `Reason: inbound, the price was known`.
`kanban move --reason` writes it.

Bad:

    == offre/acme.md
    ---
    account: ACME
    ---
    == before: prospects/acme.md
    ---
    account: ACME
    ---
    == steps
    acme prospects to offre: offer for acme

Good:

    == offre/acme.md
    ---
    account: ACME
    ---
    == before: prospects/acme.md
    ---
    account: ACME
    ---
    == steps
    acme prospects to offre: offer for acme / Reason: inbound, the price was known
"""

from __future__ import annotations

from collections.abc import Iterator

from kanban.i18n import _
from kanban.lint.finding import Hit
from kanban.lint.rule import ERROR, RANGE, STEPS, WARNING, LintContext, Rule
from kanban.lint.steps.findings import step_hit, steps_going
from kanban.pull.moves import SKIP


def check(context: LintContext) -> Iterator[Hit]:
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


RULE = Rule("KB401", "skipped-column", RANGE, ERROR, check, __doc__, needs=(STEPS,))
