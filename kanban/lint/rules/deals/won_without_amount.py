"""A deal that was won says what it is worth.

Why: sales per month and the average deal are computed from won cards.

Flags: a won card without an amount.

Cure: `kanban set CARD amount=…`.

Bad:

    == won/acme.md
    ---
    account: ACME
    ---

Good:

    == won/acme.md
    ---
    account: ACME
    amount: 28 k€
    ---
"""

from kanban.i18n import _
from kanban.lint.rule import CARD, WARNING, Hits, LintContext, at, rule, typed


@rule("KB532", "won-without-amount", CARD, WARNING)
def check(context: LintContext) -> Hits:
    for column in context.board.config.exits("won"):
        for card in context.board.in_column(column.key):
            if not card.has("amount") and card.readable:
                message = _("{card} is won and nobody wrote what it is worth").format(card=card.label)
                yield at(card, "amount", message, _("`kanban set {card} amount=…`").format(card=typed(card.id)))
