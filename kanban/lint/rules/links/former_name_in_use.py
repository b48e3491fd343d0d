"""A former name is nobody's present name.

Why: links and history of the former name would lead to two cards. They go to the card that bears the name now, and the
other one starts at its renaming.

Flags: an entry of `formerly:` that is the file name of another card.

Cure: remove the entry, or rename the other card.

Bad:

    == offer/acme-sas.md
    ---
    account: ACME
    formerly: [acme]
    ---
    == prospects/acme.md
    ---
    account: ACME
    ---

Good:

    == offer/acme-sas.md
    ---
    account: ACME
    formerly: [acme]
    ---
"""

from kanban.i18n import _
from kanban.lint.rule import BOARD, ERROR, Hits, LintContext, at, rule


@rule("KB702", "former-name-in-use", BOARD, ERROR)
def check(context: LintContext) -> Hits:
    for card in context.board.renamed_cards:
        for old in card.formerly:
            other = context.board.find(old)
            if other is not None:
                message = _("“{old}” is said to be the former name of {card}, and is a card itself ({path})").format(
                    old=old, card=card.id, path=other.path
                )
                cure = _("remove it from `formerly`, or rename the other card")
                yield at(card, "formerly", message, cure, detail=old)
