"""A card that goes back says why.

Why: going back is fine and worth knowing: it shows where cards are pulled too early.

Flags: a step to an earlier column in a commit that gives no reason. Before the commit it only warns: the reason can
still be given.

Cure: say why in the commit's message: `Reason: budget postponed`. `kanban move --reason` writes it.

Bad:

    == qualified/acme.md
    ---
    account: ACME
    ---
    == before: offer/acme.md
    ---
    account: ACME
    ---
    == steps
    acme offer to qualified: acme back to qualified

Good:

    == qualified/acme.md
    ---
    account: ACME
    ---
    == before: offer/acme.md
    ---
    account: ACME
    ---
    == steps
    acme offer to qualified: acme back to qualified / Reason: budget postponed
"""

from kanban.i18n import _
from kanban.lint.rule import ERROR, RANGE, STEPS, WARNING, Hits, LintContext, rule
from kanban.lint.steps.findings import step_hit, steps_going
from kanban.pull.moves import BACK


@rule("KB402", "moved-back", RANGE, ERROR, needs=(STEPS,))
def check(context: LintContext) -> Hits:
    for step, source, target in steps_going(context, BACK):
        message = _("{card} went back from {source} to {target}").format(
            card=step.card, source=source.title, target=target.title
        )
        yield step_hit(context, step, message, _("say why in the message: `Reason: …`"), unsaid=WARNING)
