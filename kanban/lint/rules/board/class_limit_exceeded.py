"""No class of service holds more cards than its limit.

Why: when everything is urgent, nothing is. One Expedite at a time; a handful of Fixed Dates.

Flags: a class above its limit over the whole board, Expedite above all.

Cure: finish one, or give it back its ordinary class: `kanban set CARD class=standard`.

Bad:

    == offer/acme.md
    ---
    account: ACME
    class: expedite
    ---
    == qualified/norvane.md
    ---
    account: Norvane
    class: expedite
    ---

Good:

    == offer/acme.md
    ---
    account: ACME
    class: expedite
    ---
    == qualified/norvane.md
    ---
    account: Norvane
    class: standard
    ---
"""

from kanban.i18n import _
from kanban.lint.facts.limits import limit_hit
from kanban.lint.rule import BOARD, ERROR, Hits, LintContext, rule, typed
from kanban.pull import wip


@rule("KB305", "class-limit-exceeded", BOARD, ERROR, waivable=BOARD)
def check(context: LintContext) -> Hits:
    standard = context.board.config.class_of("").key
    for limit in wip.exceeded(context.board):
        if limit.scope == "class":
            cure = _("finish one, or `kanban set {card} class={standard}`").format(
                card=typed(limit.cards[-1].id), standard=standard
            )
            yield limit_hit(context.board, limit, cure)
