"""No card stands in a column until its light turns red.

Why: the longer a negotiation lasts, the less often it is won; after three weeks it needs a decision, not patience.

Flags: a card that has been longer in its column than the column's `ageing.red` (20 days for negotiation).

Cure: set a deadline, close the alternatives, offer two phases, or lose it with its reason.

Bad:

    == negotiation/acme.md
    ---
    account: ACME
    ---
    == history
    2026-09-10 acme to negotiation

Good:

    == negotiation/acme.md
    ---
    account: ACME
    ---
    == history
    2026-09-28 acme to negotiation
"""

from kanban.i18n import _
from kanban.lint.facts.ages import days_here
from kanban.lint.rule import CARD, CLOCKS, WARNING, Hits, LintContext, at, rule, typed
from kanban.pull.cadence import age_light


@rule("KB535", "red-light", CARD, WARNING, needs=(CLOCKS,), timed=True)
def check(context: LintContext) -> Hits:
    for card in context.board.open_cards:
        column = context.board.column_of(card)
        days = days_here(context, card)
        if days is not None and age_light(column, days) == "red":
            message = _("{card} has been in {column} for {days} days: the light is red").format(
                card=card.label, column=column.title, days=days
            )
            cure = _("set a deadline of decision, or `kanban lose {card} --reason …`").format(card=typed(card.id))
            yield at(card, "next_action_date", message, cure)
