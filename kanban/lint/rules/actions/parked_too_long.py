"""A parked card wakes up on the day it was parked until.

Why: nurturing is a promise to come back; without the wake-up it is a graveyard.

Flags: a parked card whose `parked_until` is today or has passed.

Cure: `kanban reopen CARD --reason …`, or park it until a later day.

Bad:

    == nurturing/acme.md
    ---
    account: ACME
    parked_until: 2026-10-01
    ---

Good:

    == nurturing/acme.md
    ---
    account: ACME
    parked_until: 2027-01-11
    ---
"""

from datetime import date

from kanban.i18n import _
from kanban.lint.rule import CARD, WARNING, Hits, LintContext, at, rule, typed
from kanban.pull.cadence import is_awake


@rule("KB527", "parked-too-long", CARD, WARNING, timed=True)
def check(context: LintContext) -> Hits:
    for column in context.board.config.exits("parked"):
        for card in context.board.in_column(column.key):
            if is_awake(card, context.today):
                until: date = card.values["parked_until"]
                message = _("{card} was parked until {date}").format(card=card.label, date=until.isoformat())
                cure = _("`kanban reopen {card} --reason …`, or park it until a later day").format(card=typed(card.id))
                yield at(card, "parked_until", message, cure)
