"""An Expedite ends with a ten-minute retrospective.

Why: every Expedite pushes other deals aside; what caused it is the cheapest thing to fix.

Flags: a won or lost card of a class that asks for a retrospective (`retrospective_minutes`), without one.

Cure: sit together for ten minutes and write one line: `kanban set CARD retrospective="…"`.

Bad:

    == won/acme.md
    ---
    account: ACME
    class: expedite
    ---

Good:

    == won/acme.md
    ---
    account: ACME
    class: expedite
    retrospective: warn about the licence end 60 days ahead
    ---
"""

from kanban.i18n import _
from kanban.lint.rule import CARD, WARNING, Hits, LintContext, at, rule, typed
from kanban.pull.classes import owes_retrospective, retrospective_minutes


@rule("KB512", "missing-retrospective", CARD, WARNING)
def check(context: LintContext) -> Hits:
    board = context.board
    asked = any(retrospective_minutes(one) is not None for one in (*board.config.classes, board.config.class_of("")))
    for card in board.cards if asked else ():
        if board.column_of(card).kind in ("won", "lost") and owes_retrospective(board, card):
            service = board.config.class_of(card.service_class)
            message = _("{card} was {service} and has no retrospective").format(
                card=card.label, service=service.name or service.key
            )
            cure = _('{minutes} minutes, one line: `kanban set {card} retrospective="…"`').format(
                minutes=retrospective_minutes(service), card=typed(card.id)
            )
            yield at(card, "retrospective", message, cure)
