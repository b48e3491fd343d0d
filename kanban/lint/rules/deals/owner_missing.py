"""Every open card has an owner.

Why: what belongs to everybody is done by nobody.

Flags: an open card without `owner`.

Cure: `kanban set CARD owner=…`.

Bad:

    == offre/acme.md
    ---
    account: ACME
    ---

Good:

    == offre/acme.md
    ---
    account: ACME
    owner: Zoé
    ---
"""

from __future__ import annotations

from collections.abc import Iterator

from kanban.i18n import _
from kanban.lint.finding import Hit
from kanban.lint.rule import CARD, WARNING, LintContext, Rule, at, typed


def check(context: LintContext) -> Iterator[Hit]:
    for card in context.board.open_cards:
        if not card.owner and card.readable:
            names = ", ".join(owner.name for owner in context.board.config.owners)
            cure = _("`kanban set {card} owner=…`").format(card=typed(card.id)) + (f" ({names})" if names else "")
            yield at(card, "owner", _("{card} has no owner").format(card=card.label), cure)


RULE = Rule("KB525", "owner-missing", CARD, WARNING, check, __doc__)
