"""A card leaves a column when that column's work is done.

Why: an offer whose receipt nobody acknowledged is not in negotiation yet.

Flags: a step forward out of a column, or past one, whose Definition of Done the card does not meet.
With `policies.ready: warn` it only warns, with `off` it is silent.

Cure: do what is missing and tick it, `kanban tick CARD REQUIREMENT`; or record why not: `kanban move --force
--reason …`.

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
from kanban.lint.rule import ERROR, RANGE, STEPS, WARNING, Hits, LintContext, at, rule
from kanban.lint.steps.findings import direction_of_step, last_steps
from kanban.pull.moves import CLOSE, FORWARD, SKIP, passed_by
from kanban.pull.readiness import lacking_to_leave


@rule("KB407", "left-not-done", RANGE, ERROR, needs=(STEPS,))
def check(context: LintContext) -> Hits:
    config = context.board.config
    severity = WARNING if config.policies.ready == "warn" else ""
    for step in last_steps(context) if config.policies.ready != "off" else ():
        card = context.board.find(step.card)
        source, target = config.column(step.source or ""), config.column(step.target or "")
        if card is None or source is None or target is None or step.exempt("dod") or not card.readable:
            continue
        direction = direction_of_step(context, step)
        won = direction == CLOSE and target.kind == "won"
        if not source.is_open or (direction not in (FORWARD, SKIP) and not won):
            continue
        for left in (source, *passed_by(context.board, source, target, direction)):
            for lack in lacking_to_leave(card, left):
                message = _("{card} left {column} unfinished: {lack}").format(
                    card=card.label, column=left.title, lack=lack.message
                )
                detail = lack.requirement.id
                yield at(card, lack.key, message, f"`{lack.cure}`", detail=detail, severity=severity)
