"""Three unanswered touches are enough.

Why: call, mail and LinkedIn without an answer are an answer; the fourth touch costs more goodwill than it brings.

Flags: a card in one of the first two columns with more `touches` than `policies.touches` (3).

Cure: `kanban park CARD`: back to nurturing.

Bad:

    == prospects/acme.md
    ---
    account: ACME
    touches: 4
    ---

Good:

    == prospects/acme.md
    ---
    account: ACME
    touches: 3
    ---
"""

from kanban.i18n import _
from kanban.lint.rule import CARD, WARNING, Hits, LintContext, at, rule, typed
from kanban.pull.contact import most_touches, touches_of

EARLY = 2


@rule("KB526", "too-many-touches", CARD, WARNING)
def check(context: LintContext) -> Hits:
    config, limit = context.board.config, most_touches(context.board.config)
    for column in config.open_columns[:EARLY]:
        for card in context.board.in_column(column.key):
            if touches_of(card) > limit:
                message = _("{count} touches on {card}, {limit} at most").format(
                    count=touches_of(card), card=card.label, limit=limit
                )
                yield at(card, "touches", message, _("`kanban park {card}`").format(card=typed(card.id)))
