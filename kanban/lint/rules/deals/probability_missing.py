"""An amount comes with a probability.

Why: the weighted pipeline is amount times probability; a card without one is left out of it, and the sum looks too
small.

Flags: an open card with an amount and no probability, in a column that declares none.

Cure: `kanban set CARD probability="40 %"`, or declare `probability:` for the column.

Bad:

    == offer/acme.md
    ---
    account: ACME
    amount: 28 k€
    ---

Good:

    == offer/acme.md
    ---
    account: ACME
    amount: 28 k€
    probability: 40 %
    ---
"""

from kanban.i18n import _
from kanban.lint.rule import CARD, WARNING, Hits, LintContext, at, rule, typed


@rule("KB522", "probability-missing", CARD, WARNING)
def check(context: LintContext) -> Hits:
    for card in context.board.open_cards:
        default = context.board.column_of(card).probability
        if card.amount is not None and default is None and not card.has("probability"):
            message = _("{card} has an amount and no probability").format(card=card.label)
            yield at(card, "amount", message, _('`kanban set {card} probability="40 %"`').format(card=typed(card.id)))
