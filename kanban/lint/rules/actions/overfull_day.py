"""No day holds more meetings than people can prepare and hold well.

Why: the eleventh meeting of a day is cancelled or held badly; no-shows grow with the number of appointments.

Flags: a day from today on with more planned meetings than `policies.meetings_per_day` (10): cards in the meeting
column by the day of their next action.

Cure: move one to another day and confirm it with the customer.

Bad:

    == board.yml
    columns: [{key: prospects}, {key: meeting}]
    policies: {meetings_per_day: 1}
    == meeting/acme.md
    ---
    account: ACME
    next_action: demo
    next_action_date: 2026-10-12T10:00
    ---
    == meeting/norvane.md
    ---
    account: Norvane
    next_action: demo
    next_action_date: 2026-10-12T11:00
    ---

Good:

    == board.yml
    columns: [{key: prospects}, {key: meeting}]
    policies: {meetings_per_day: 1}
    == meeting/acme.md
    ---
    account: ACME
    next_action: demo
    next_action_date: 2026-10-12T10:00
    ---
    == meeting/norvane.md
    ---
    account: Norvane
    next_action: demo
    next_action_date: 2026-10-13T11:00
    ---
"""

from dataclasses import replace

from kanban.i18n import _
from kanban.lint.finding import Load
from kanban.lint.rule import BOARD, ERROR, Hits, LintContext, at, rule, typed
from kanban.pull.meetings import full_days


@rule("KB507", "overfull-day", BOARD, ERROR)
def check(context: LintContext) -> Hits:
    for full in full_days(context.board, context.today):
        last = full.cards[-1]
        message = _("{count} meetings are planned on {day}, {limit} at most").format(
            count=len(full.cards), day=full.day.isoformat(), limit=full.limit
        )
        free = replace(last.values["next_action_date"], day=full.free).isoformat()
        cure = _("`kanban set {card} next_action_date={day}`").format(card=typed(last.id), day=free)
        load = Load(frozenset(card.id for card in full.cards), full.limit)
        yield at(last, "next_action_date", message, cure, detail=full.day.isoformat(), load=load)
