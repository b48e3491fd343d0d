"""A long negotiation is known to the manager.

Why: after a week without a decision somebody else has to speak to somebody else.

Flags: a card that has been in its column for the column's `escalate` days (7 for negotiation: from day 7 on) and does
not say `escalated:`.

Cure: tell the manager and write the day: `kanban set CARD escalated=2026-10-05`.

Bad:

    == negotiation/acme.md
    ---
    account: ACME
    ---
    == history
    2026-09-22 acme to negotiation

Good:

    == negotiation/acme.md
    ---
    account: ACME
    escalated: 2026-09-30
    ---
    == history
    2026-09-22 acme to negotiation
"""

from kanban.i18n import _
from kanban.lint.facts.ages import days_here
from kanban.lint.rule import CARD, CLOCKS, WARNING, Hits, LintContext, at, rule, typed
from kanban.pull.milestones import is_to_be_escalated


@rule("KB508", "not-escalated", CARD, WARNING, needs=(CLOCKS,), timed=True)
def check(context: LintContext) -> Hits:
    config = context.board.config
    for card in context.board.open_cards:
        column = context.board.column_of(card)
        days = days_here(context, card)
        if days is None or not is_to_be_escalated(column, card, days):
            continue
        message = _("{card} has been in {column} for {days} days and nobody above knows").format(
            card=card.label, column=column.title, days=days
        )
        cure = _("tell {manager}, then `kanban set {card} escalated={day}`").format(
            manager=config.manager or _("the manager"), card=typed(card.id), day=context.today.isoformat()
        )
        yield at(card, "escalated", message, cure)
