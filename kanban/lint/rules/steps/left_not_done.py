"""A card leaves a column when that column's work is done.

Why: an offer whose receipt nobody acknowledged is not in negotiation yet.

Flags: a step forward out of a column, or past one, whose Definition of Done the card does not meet.
With `policies.ready: warn` it only warns, with `off` it is silent.
Each step is judged by the card and the rules of its own commit: what was ticked later neither cures nor harms it.

Cure: before the commit, do what is missing and tick it, `kanban tick CARD REQUIREMENT`; or record why not:
`kanban move --force --reason …`.

Bad:

    == board.yml
    columns: [{key: prospects, dod: [called]}, {key: meeting}]
    == meeting/acme.md
    ---
    account: ACME
    ---
    == before: prospects/acme.md
    ---
    account: ACME
    ---
    == steps
    acme prospects to meeting

Good:

    == board.yml
    columns: [{key: prospects, dod: [called]}, {key: meeting}]
    == meeting/acme.md
    ---
    account: ACME
    dod: [called]
    ---
    == before: prospects/acme.md
    ---
    account: ACME
    ---
    == steps
    acme prospects to meeting
"""

from kanban.i18n import _
from kanban.lint.rule import ERROR, RANGE, STEPS, Hits, LintContext, rule
from kanban.lint.steps.findings import card_then, config_of, direction_of_step, lack_hit, passed_in
from kanban.pull.moves import CLOSE, FORWARD, SKIP
from kanban.pull.readiness import lacking_to_leave


@rule("KB407", "left-not-done", RANGE, ERROR, needs=(STEPS,))
def check(context: LintContext) -> Hits:
    for step in context.steps or ():
        config = config_of(context, step)
        source, target = config.column(step.source or ""), config.column(step.target or "")
        if source is None or target is None or config.policies.ready == "off" or step.exempt("dod"):
            continue
        direction = direction_of_step(context, step)
        won = direction == CLOSE and target.kind == "won"
        if not source.is_open or (direction not in (FORWARD, SKIP) and not won):
            continue
        card = card_then(context, step)
        if card is None or not card.readable:
            continue
        for left in (source, *passed_in(context, step)):
            for lack in lacking_to_leave(card, left):
                message = _("{card} left {column} unfinished: {lack}").format(
                    card=card.label, column=left.title, lack=lack.message
                )
                yield lack_hit(context, step, card, lack, message, "dod")
