"""An open deal closes in the future.

Why: a close date in the past keeps money in a month that is over; the forecast of this one lacks it.

Flags: an open card whose `close_date` lies before today.

Cure: ask the customer for the new date; win, lose or park the card if there is none.

Bad:

    == negotiation/acme.md
    ---
    account: ACME
    close_date: 2026-09-30
    ---

Good:

    == negotiation/acme.md
    ---
    account: ACME
    close_date: 2026-10-23
    ---
"""

from kanban.i18n import _
from kanban.lint.rule import CARD, WARNING, Hits, LintContext, at, rule, typed


@rule("KB518", "close-date-past", CARD, WARNING, timed=True)
def check(context: LintContext) -> Hits:
    for card in context.board.open_cards:
        day = card.close_date
        if day is not None and day < context.today:
            message = _("{card} was to be decided on {date} and is still open").format(
                card=card.label, date=day.isoformat()
            )
            cure = _("`kanban set {card} close_date=…`, or close it").format(card=typed(card.id))
            yield at(card, "close_date", message, cure)
