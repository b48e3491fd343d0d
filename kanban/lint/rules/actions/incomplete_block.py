"""A blocked card says since when, why, what would help, and who does it.

Why: a block without a name on it is nobody's, and one without a date does not age.

Flags: a card with some of `blocked_since`, `blocked_cause`, `blocked_next`, `blocked_owner` and not all of them.

Cure: fill in the missing ones, or `kanban unblock CARD`.

Bad:

    == negotiation/acme.md
    ---
    account: ACME
    blocked_cause: legal review
    ---

Good:

    == negotiation/acme.md
    ---
    account: ACME
    blocked_since: 2026-10-01
    blocked_cause: legal review
    blocked_next: propose our clause
    blocked_owner: Karim
    ---
"""

from kanban.i18n import _
from kanban.lint.rule import CARD, ERROR, Hits, LintContext, at, rule, typed
from kanban.model.cards.fields import label_of

KEYS = ("blocked_since", "blocked_cause", "blocked_next", "blocked_owner")


@rule("KB510", "incomplete-block", CARD, ERROR)
def check(context: LintContext) -> Hits:
    for card in context.board.open_cards:
        missing = [key for key in KEYS if not card.has(key)]
        if card.block is None or not missing:
            continue
        first = next(key for key in KEYS if card.has(key))
        message = _("the block of {card} lacks: {fields}").format(
            card=card.label, fields=", ".join(label_of(key) for key in missing)
        )
        today = context.today.isoformat()
        values = " ".join(f"{key}={today}" if key == "blocked_since" else f'{key}="…"' for key in missing)
        cure = _("`kanban set {card} {values}`, or `kanban unblock {card}`").format(card=typed(card.id), values=values)
        yield at(card, first, message, cure, detail="incomplete")
