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

from __future__ import annotations

from collections.abc import Iterator

from kanban.i18n import _
from kanban.lint.finding import Hit
from kanban.lint.rule import CARD, WARNING, LintContext, Rule, at, typed

EARLY = 2


def check(context: LintContext) -> Iterator[Hit]:
    config = context.board.config
    for column in config.open_columns[:EARLY]:
        for card in context.board.in_column(column.key):
            touches = card.values.get("touches")
            if isinstance(touches, int) and touches > config.policies.touches:
                message = _("{count} touches on {card}, {limit} at most").format(
                    count=touches, card=card.label, limit=config.policies.touches
                )
                yield at(card, "touches", message, _("`kanban park {card}`").format(card=typed(card.id)))


RULE = Rule("KB526", "too-many-touches", CARD, WARNING, check, __doc__)
