"""A block is worked on.

Why: a card blocked for two weeks is lost slowly; the red label stops being seen.

Flags: a card that has been blocked for more than 14 days.

Cure: escalate the block, do its next step, or close the card.

Bad:

    == negotiation/acme.md
    ---
    account: ACME
    blocked_since: 2026-09-10
    blocked_cause: legal review
    blocked_next: propose our clause
    blocked_owner: Karim
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
from kanban.lint.rule import CARD, WARNING, Hits, LintContext, at, rule, typed

LONG = 14


@rule("KB536", "stale-block", CARD, WARNING, timed=True)
def check(context: LintContext) -> Hits:
    for card in context.board.open_cards:
        block = card.block
        days = block.days(context.today) if block is not None else None
        if block is not None and days is not None and days > LONG:
            message = _("{card} has been blocked for {days} days: {cause}").format(
                card=card.label, days=days, cause=block.cause or "?"
            )
            cure = _("{owner}: {next}; or `kanban unblock {card}`").format(
                owner=block.owner or "?", next=block.next or "?", card=typed(card.id)
            )
            yield at(card, "blocked_since", message, cure)
