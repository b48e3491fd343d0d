"""A deal that is certain is closed.

Why: 100 % in the pipeline is a win that nobody recorded; 0 % is a loss that nobody wanted to record.

Flags: an open card with a probability of 100 % or 0 %.

Cure: `kanban win CARD` or `kanban lose CARD --reason …`, or a probability in between.

Bad:

    == negotiation/acme.md
    ---
    account: ACME
    probability: 100 %
    ---

Good:

    == negotiation/acme.md
    ---
    account: ACME
    probability: 90 %
    ---
"""

from kanban.i18n import _
from kanban.lint.rule import CARD, WARNING, Hits, LintContext, at, rule, typed


@rule("KB524", "certain-but-open", CARD, WARNING)
def check(context: LintContext) -> Hits:
    for card in context.board.open_cards:
        if card.probability == 1:
            message = _("{card} is certain and still open").format(card=card.label)
            yield at(
                card, "probability", message, _("`kanban win {card}` once it is signed").format(card=typed(card.id))
            )
        elif card.probability == 0:
            message = _("{card} cannot be won and is still open").format(card=card.label)
            yield at(card, "probability", message, _("`kanban lose {card} --reason …`").format(card=typed(card.id)))
