"""A negotiation works on its three main objections.

Why: a list of eight objections is answered with eight concessions; three can be prepared.

Flags: an open card with more than three `objections`.

Cure: keep the three that decide; the rest goes into the notes.

Bad:

    == negotiation/acme.md
    ---
    account: ACME
    objections: [price, hosting, duration, references]
    ---

Good:

    == negotiation/acme.md
    ---
    account: ACME
    objections: [price, hosting, duration]
    ---
"""

from kanban.i18n import _
from kanban.lint.rule import CARD, INFO, Hits, LintContext, at, rule

MOST = 3


@rule("KB530", "too-many-objections", CARD, INFO)
def check(context: LintContext) -> Hits:
    for card in context.board.open_cards:
        count = len(card.items("objections"))
        if count > MOST:
            message = _("{count} objections on {card}, the {limit} main ones are asked for").format(
                count=count, card=card.label, limit=MOST
            )
            yield at(card, "objections", message, _("keep the {limit} that decide").format(limit=MOST))
