"""From the offer on, a deal has its price.

Why: without an amount the deal is in no pipeline figure; an offer without a price is no offer.

Flags: an open card in offer or negotiation without an amount, or with 0.

Cure: `kanban set CARD amount="28 k€"`.

Bad:

    == negotiation/acme.md
    ---
    account: ACME
    ---

Good:

    == negotiation/acme.md
    ---
    account: ACME
    amount: 28 k€
    ---
"""

from kanban.i18n import _
from kanban.lint.rule import CARD, WARNING, Hits, LintContext, at, rule, typed

LATE = ("offer", "negotiation")


@rule("KB521", "amount-missing", CARD, WARNING)
def check(context: LintContext) -> Hits:
    for card in context.board.open_cards:
        column = context.board.column_of(card)
        written = card.has("amount") and card.amount is None
        if column.effective_stage not in LATE or written or not card.readable:
            continue
        if card.amount is None or card.amount.amount == 0:
            message = _("{card} is in {column} without an amount").format(card=card.label, column=column.title)
            yield at(card, "amount", message, _("`kanban set {card} amount=…`").format(card=typed(card.id)))
