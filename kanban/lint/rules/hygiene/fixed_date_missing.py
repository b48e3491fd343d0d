"""A deal of the class Fixed Date has a date.

Why: without one it jumps the queue for ever.

Flags: an open card of a fixed-date class with neither `fixed_date` nor `close_date`.

Cure: write the date that cannot move, or give the card its ordinary class.

Bad:

    == offer/acme.md
    ---
    account: ACME
    class: fixed-date
    ---

Good:

    == offer/acme.md
    ---
    account: ACME
    class: fixed-date
    fixed_date: 2026-12-18
    ---
"""

from kanban.i18n import _
from kanban.lint.rule import CARD, ERROR, Hits, LintContext, at, rule, typed


@rule("KB514", "fixed-date-missing", CARD, ERROR)
def check(context: LintContext) -> Hits:
    for card in context.board.open_cards:
        kind = context.board.config.class_of(card.service_class).effective_kind
        if kind == "fixed-date" and card.fixed_date is None and card.readable:
            message = _("{card} has a fixed date that nobody wrote down").format(card=card.label)
            cure = _("`kanban set {card} fixed_date=…`, or another class").format(card=typed(card.id))
            yield at(card, "class", message, cure)
