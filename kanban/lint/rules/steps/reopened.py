"""A closed card that comes back, or whose result changes, says why.

Why: it changes figures that were reported: wins, losses, cycle times.

Flags: a step out of won, lost or nurturing into an open column, and one from won to lost or nurturing, from lost to won
or nurturing, or from nurturing to won, in a commit that gives no reason. Before the commit it only warns: the reason
can still be given.

Cure: say why in the commit's message: `Reason: new budget in January`. `kanban reopen --reason` writes it.

Bad:

    == prospects/acme.md
    ---
    account: ACME
    ---
    == before: lost/acme.md
    ---
    account: ACME
    ---
    == steps
    acme lost to prospects: acme again

Good:

    == prospects/acme.md
    ---
    account: ACME
    ---
    == before: lost/acme.md
    ---
    account: ACME
    ---
    == steps
    acme lost to prospects: acme again / Reason: new budget in January
"""

from kanban.i18n import _
from kanban.lint.rule import ERROR, RANGE, STEPS, WARNING, Hits, LintContext, rule
from kanban.lint.steps.findings import step_hit, steps_going
from kanban.pull.moves import CORRECT, REOPEN


@rule("KB403", "reopened", RANGE, ERROR, needs=(STEPS,))
def check(context: LintContext) -> Hits:
    said = {
        REOPEN: _("{card} came back from {source} to {target}"),
        CORRECT: _("{card} went from {source} to {target}"),
    }
    for direction, text in said.items():
        for step, source, target in steps_going(context, direction):
            message = text.format(card=step.card, source=source.title, target=target.title)
            yield step_hit(context, step, message, _("say why in the message: `Reason: …`"), unsaid=WARNING)
