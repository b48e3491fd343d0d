"""An Expedite ends with a ten-minute retrospective.

Why: every Expedite pushes other deals aside; what caused it is the cheapest thing to fix.

Flags: a won or lost card of a class that asks for a retrospective (`retrospective_minutes`), without one.

Cure: sit together for ten minutes and write one line: `kanban set CARD retrospective="…"`.

Bad:

    == gagne/acme.md
    ---
    account: ACME
    class: expedite
    ---

Good:

    == gagne/acme.md
    ---
    account: ACME
    class: expedite
    retrospective: warn about the licence end 60 days ahead
    ---
"""

from kanban.i18n import _
from kanban.lint.rule import CARD, WARNING, Hits, LintContext, at, rule, typed


@rule("KB512", "missing-retrospective", CARD, WARNING)
def check(context: LintContext) -> Hits:
    board = context.board
    for card in board.cards:
        service = board.config.class_of(card.service_class)
        if not service.retrospective_minutes or board.column_of(card).kind not in ("won", "lost"):
            continue
        if not card.has("retrospective"):
            message = _("{card} was {service} and has no retrospective").format(
                card=card.label, service=service.name or service.key
            )
            cure = _('{minutes} minutes, one line: `kanban set {card} retrospective="…"`').format(
                minutes=service.retrospective_minutes, card=typed(card.id)
            )
            yield at(card, "retrospective", message, cure)
