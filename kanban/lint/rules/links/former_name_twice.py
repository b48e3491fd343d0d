"""A former name belongs to one card.

Why: the past of the old name can be the past of one deal only.

Flags: two cards that both name one former name.

Cure: keep it on the card that is the same deal.

Bad:

    == offer/acme-sas.md
    ---
    account: ACME
    formerly: [acme]
    ---
    == prospects/acme-support.md
    ---
    account: ACME
    formerly: [acme]
    ---

Good:

    == offer/acme-sas.md
    ---
    account: ACME
    formerly: [acme]
    ---
    == prospects/acme-support.md
    ---
    account: ACME
    ---
"""

from kanban.i18n import _
from kanban.lint.rule import BOARD, ERROR, Hits, LintContext, at, rule
from kanban.model.cards.card import Card


@rule("KB703", "former-name-twice", BOARD, ERROR)
def check(context: LintContext) -> Hits:
    first: dict[str, Card] = {}
    for card in context.board.renamed_cards:
        for old in card.formerly:
            other = first.setdefault(old, card)
            if other.id != card.id:
                message = _("{card} and {other} both say that they were “{old}”").format(
                    card=card.id, other=other.id, old=old
                )
                yield at(card, "formerly", message, _("keep it on the card that is the same deal"), detail=old)
