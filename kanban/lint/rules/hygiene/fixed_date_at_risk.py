"""A deal with a fixed date is far enough along for its date.

Why: the budget year ends and the fair opens whether or not the offer is out.

Flags: an open card of a fixed-date class whose date has passed, or lies nearer than a week for each column still to
go.

Cure: put it first this week, or tell the customer which later date is possible.

Bad:

    == prospects/acme.md
    ---
    account: ACME
    class: fixed-date
    fixed_date: 2026-10-20
    ---

Good:

    == negotiation/acme.md
    ---
    account: ACME
    class: fixed-date
    fixed_date: 2026-10-20
    ---
"""

from kanban.i18n import _
from kanban.lint.rule import CARD, WARNING, Hits, LintContext, at, rule

DAYS_A_COLUMN = 7


@rule("KB513", "fixed-date-at-risk", CARD, WARNING, timed=True)
def check(context: LintContext) -> Hits:
    config = context.board.config
    for card in context.board.open_cards:
        day = card.fixed_date
        if config.class_of(card.service_class).effective_kind != "fixed-date" or day is None:
            continue
        left = (day - context.today).days
        to_go = len(config.open_columns) - config.open_columns.index(context.board.column_of(card))
        key = "fixed_date" if card.has("fixed_date") else "close_date"
        if left < 0:
            message = _("the fixed date of {card} passed on {date}").format(card=card.label, date=day.isoformat())
            yield at(card, key, message, _("agree a new date, or close the card"), detail="past")
        elif left < DAYS_A_COLUMN * to_go:
            message = _("{days} days to the fixed date of {card}, and {count} columns to go").format(
                days=left, card=card.label, count=to_go
            )
            yield at(card, key, message, _("pull it first this week, or agree a later date"), detail="near")
