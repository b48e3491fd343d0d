"""A card with a reason of loss is lost.

Why: an open card that knows why it was lost is either lost, or was reopened with an old answer.

Flags: an open or won card with `lost_reason`.

Cure: `kanban lose CARD --reason …`, or remove the field (`kanban set CARD lost_reason=`).

Bad:

    == offer/acme.md
    ---
    account: ACME
    lost_reason: price
    ---

Good:

    == lost/acme.md
    ---
    account: ACME
    lost_reason: price
    ---
"""

from kanban.i18n import _
from kanban.lint.rule import CARD, WARNING, Hits, LintContext, at, rule, typed


@rule("KB533", "reason-on-open-card", CARD, WARNING)
def check(context: LintContext) -> Hits:
    for card in context.board.cards:
        column = context.board.column_of(card)
        if column.kind in ("open", "won") and card.has("lost_reason"):
            message = _("{card} has a reason of loss and stands in {column}").format(
                card=card.label, column=column.title
            )
            cure = _("`kanban lose {card} --reason …`, or `kanban set {card} lost_reason=`").format(card=typed(card.id))
            yield at(card, "lost_reason", message, cure)
