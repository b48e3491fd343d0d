"""No column and no person holds more cards than the limit.

Why: work that is started and not finished is what makes deals slow; the limit is what makes the team finish.

Flags: a column, or a person's share of it, above its limit; a person above their own limit. A limit with `wip_mode:
warn` only warns.

Cure: finish one: pull it on, win, lose or park it. A limit is changed in board.yml, by the whole team.

Bad:

    == board.yml
    columns: [{key: prospects}, {key: offer, wip: 1}]
    == offer/acme.md
    ---
    account: ACME
    ---
    == offer/norvane.md
    ---
    account: Norvane
    ---

Good:

    == board.yml
    columns: [{key: prospects}, {key: offer, wip: 1}]
    == offer/acme.md
    ---
    account: ACME
    ---
"""

from kanban.i18n import _
from kanban.lint.facts.limits import limit_hit
from kanban.lint.rule import BOARD, ERROR, Hits, LintContext, rule, typed
from kanban.pull import wip


@rule("KB304", "wip-exceeded", BOARD, ERROR, waivable=BOARD)
def check(context: LintContext) -> Hits:
    parks = any(column.kind == "parked" for column in context.board.config.columns)
    text = _("finish one of them (`kanban win`, `kanban lose`), or pull it on")
    if parks:
        text = _("finish one of them (`kanban win`, `kanban lose`), pull it on, or `kanban park {card}`")
    new = _("move {card} elsewhere; if the column is new, let it land first and its cards in the next change")
    for limit in wip.exceeded(context.board):
        if limit.scope != "class":
            yield limit_hit(context.board, limit, (text if limit.limit else new).format(card=typed(limit.cards[-1].id)))
