"""A negotiation has a close date.

Why: a deal that closes some day is in no month of the forecast.

Flags: an open card in negotiation without `close_date`.

Cure: ask for the day of the decision: `kanban set CARD close_date=…`.

Bad:

    == negotiation/acme.md
    ---
    account: ACME
    ---

Good:

    == negotiation/acme.md
    ---
    account: ACME
    close_date: 2026-10-30
    ---
"""

from kanban.i18n import _
from kanban.lint.rule import CARD, WARNING, Hits, LintContext, at, rule, typed


@rule("KB534", "close-date-missing", CARD, WARNING)
def check(context: LintContext) -> Hits:
    for card in context.board.open_cards:
        column = context.board.column_of(card)
        if column.effective_stage == "negotiation" and not card.has("close_date") and card.readable:
            message = _("{card} is negotiated without a day of decision").format(card=card.label)
            yield at(card, "close_date", message, _("`kanban set {card} close_date=…`").format(card=typed(card.id)))
