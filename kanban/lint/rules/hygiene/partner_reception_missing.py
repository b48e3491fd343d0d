"""A partner's request says when it came in.

Why: without the moment of reception the promised answer time cannot be watched.

Flags: an open card of a class with `sla_hours` and no `received_at`.

Cure: `kanban set CARD received_at="2026-10-05 09:30"`.

Bad:

    == prospects/acme.md
    ---
    account: ACME
    class: partner
    ---

Good:

    == prospects/acme.md
    ---
    account: ACME
    class: partner
    received_at: 2026-10-05T09:30
    ---
"""

from kanban.i18n import _
from kanban.lint.rule import CARD, WARNING, Hits, LintContext, at, rule, typed
from kanban.pull.sla import promised_hours


@rule("KB516", "partner-reception-missing", CARD, WARNING)
def check(context: LintContext) -> Hits:
    for card in context.board.open_cards:
        hours = promised_hours(context.board.config.class_of(card.service_class))
        if hours is not None and not card.has("received_at"):
            message = _("{card} is promised an answer within {hours} h of a moment nobody wrote down").format(
                card=card.label, hours=hours
            )
            yield at(card, "class", message, _('`kanban set {card} received_at="…"`').format(card=typed(card.id)))
