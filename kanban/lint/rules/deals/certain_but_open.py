"""A deal that is certain is closed.

Why: 100 % in the pipeline is a win that nobody recorded; 0 % is a loss that nobody wanted to record.

Flags: an open card with a probability of 100 % or 0 %.

Cure: `kanban win CARD` or `kanban lose CARD --reason …`, or a probability in between.

Bad:

    == negociation/acme.md
    ---
    account: ACME
    probability: 100 %
    ---

Good:

    == negociation/acme.md
    ---
    account: ACME
    probability: 90 %
    ---
"""

from __future__ import annotations

from collections.abc import Iterator

from kanban.i18n import _
from kanban.lint.finding import Hit
from kanban.lint.rule import CARD, WARNING, LintContext, Rule, at, typed


def check(context: LintContext) -> Iterator[Hit]:
    for card in context.board.open_cards:
        if card.probability == 1:
            message = _("{card} is certain and still open").format(card=card.label)
            yield at(
                card, "probability", message, _("`kanban win {card}` once it is signed").format(card=typed(card.id))
            )
        elif card.probability == 0:
            message = _("{card} cannot be won and is still open").format(card=card.label)
            yield at(card, "probability", message, _("`kanban lose {card} --reason …`").format(card=typed(card.id)))


RULE = Rule("KB524", "certain-but-open", CARD, WARNING, check, __doc__)
