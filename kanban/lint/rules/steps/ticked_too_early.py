"""What a meeting brings is ticked when it was held, not before.

Why: a meeting that is ticked on Monday for Thursday goes on to Offer without having taken place.

Flags: a card in a meeting column whose Definition of Done was ticked while its meeting, the same as before, is still
to come.

Cure: wait for the day. If the meeting was held early or put off, say what comes next with it: `kanban note CARD "…"
--next "…" --on +2d --tick meeting-held`.

Bad:

    == board.yml
    columns: [{key: prospects}, {key: rdv, stage: meeting, dod: [held]}]
    == rdv/acme.md
    ---
    account: ACME
    next_action: demo
    next_action_date: 2026-10-12
    dod: [held]
    ---
    == before: rdv/acme.md
    ---
    account: ACME
    next_action: demo
    next_action_date: 2026-10-12
    ---

Good:

    == board.yml
    columns: [{key: prospects}, {key: rdv, stage: meeting, dod: [held]}]
    == rdv/acme.md
    ---
    account: ACME
    next_action: send the offer
    next_action_date: 2026-10-07
    dod: [held]
    ---
    == before: rdv/acme.md
    ---
    account: ACME
    next_action: demo
    next_action_date: 2026-10-12
    ---
"""

from kanban.lint.rule import BASE, ERROR, RANGE, Hits, LintContext, at, rule
from kanban.lint.steps.findings import before_of, changed_cards
from kanban.pull.meetings import ticked_too_early
from kanban.pull.reasons import early_reason


@rule("KB411", "ticked-too-early", RANGE, ERROR, needs=(BASE,))
def check(context: LintContext) -> Hits:
    base = context.base
    for card in changed_cards(context):
        before = before_of(context, card.id)
        if base is None or before is None or not card.readable or before == card:
            continue
        for tick in ticked_too_early(base.column_of(before), before, card, context.today):
            reason = early_reason(before, tick)
            yield at(card, "dod", reason.message, reason.cure, detail=tick)
