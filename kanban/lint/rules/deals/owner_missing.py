"""Every open card has an owner.

Why: what belongs to everybody is done by nobody.

Flags: an open card without `owner`.

Cure: `kanban set CARD owner=…`.

Bad:

    == offer/acme.md
    ---
    account: ACME
    ---

Good:

    == offer/acme.md
    ---
    account: ACME
    owner: Zoé
    ---
"""

from kanban.i18n import _
from kanban.lint.rule import CARD, WARNING, Hits, LintContext, at, rule, typed


@rule("KB525", "owner-missing", CARD, WARNING)
def check(context: LintContext) -> Hits:
    for card in context.board.open_cards:
        if not card.owner and card.readable:
            names = ", ".join(owner.name for owner in context.board.config.owners)
            cure = _("`kanban set {card} owner=…`").format(card=typed(card.id)) + (f" ({names})" if names else "")
            yield at(card, "owner", _("{card} has no owner").format(card=card.label), cure)
