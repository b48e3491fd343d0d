"""What was reported when a card was closed stays as it was.

Why: last month's wins and losses are numbers people have been told; a changed amount changes them without a sign.

Flags: a closed card whose amount, currency, loss reason or close date changed after it was closed.

Cure: undo the change, or say in the commit why the old figure was wrong.

Bad:

    == won/acme.md
    ---
    account: ACME
    amount: 40000
    ---
    == before: won/acme.md
    ---
    account: ACME
    amount: 28000
    ---
    == steps

Good:

    == won/acme.md
    ---
    account: ACME
    amount: 28000
    owner: Zoé
    ---
    == before: won/acme.md
    ---
    account: ACME
    amount: 28000
    ---
    == steps
"""

from kanban.i18n import _
from kanban.lint.rule import BASE, RANGE, STEPS, WARNING, Hits, LintContext, at, rule
from kanban.lint.steps.findings import before_of, changed_cards
from kanban.model.cards.fields import label_of

REPORTED = ("amount", "currency", "lost_reason", "close_date")


@rule("KB410", "closed-card-changed", RANGE, WARNING, needs=(STEPS, BASE))
def check(context: LintContext) -> Hits:
    board = context.board
    stepped = {step.card for step in context.steps or ()}
    for card in changed_cards(context):
        if board.is_open(card) or card.id in stepped:
            continue
        before = before_of(context, card.id)
        if before is None or before.column != card.column:
            continue
        for key in REPORTED:
            old, new = before.values.get(key), card.values.get(key)
            if old is not None and old != new:
                message = _("{field} of {card} was {old} when it was closed").format(
                    field=label_of(key), card=card.label, old=before.get(key)
                )
                cure = _("write `{key}: {old}` again, or say in the commit why it was wrong")
                yield at(card, key, message, cure.format(key=key, old=before.get(key)))
