"""A deal that was won says what it is worth.

Why: sales per month and the average deal are computed from won cards.

Flags: a won card without an amount.

Cure: `kanban set CARD amount=…`.

Bad:

    == gagne/acme.md
    ---
    account: ACME
    ---

Good:

    == gagne/acme.md
    ---
    account: ACME
    amount: 28 k€
    ---
"""

from __future__ import annotations

from collections.abc import Iterator

from kanban.i18n import _
from kanban.lint.finding import Hit
from kanban.lint.rule import CARD, WARNING, LintContext, Rule, at, typed


def check(context: LintContext) -> Iterator[Hit]:
    for column in context.board.config.exits("won"):
        for card in context.board.in_column(column.key):
            if not card.has("amount") and card.readable:
                message = _("{card} is won and nobody wrote what it is worth").format(card=card.label)
                yield at(card, "amount", message, _("`kanban set {card} amount=…`").format(card=typed(card.id)))


RULE = Rule("KB532", "won-without-amount", CARD, WARNING, check, __doc__)
