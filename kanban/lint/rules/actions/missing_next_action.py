"""Every open card says what happens next, and when.

Why: a deal without a next step is a deal nobody is working; pulling stops until the board has none.

Flags: an open card without `next_action`, or without a readable `next_action_date`.

Cure: agree the next step with the customer and write it down. With a text and no date, `--fix --unsafe-fixes`
proposes the next working day.

Bad:

    == offer/acme.md
    ---
    account: ACME
    next_action: call Ana
    ---

Good:

    == offer/acme.md
    ---
    account: ACME
    next_action: call Ana
    next_action_date: 2026-10-08
    ---
"""

from kanban.i18n import _
from kanban.lint.finding import Fix
from kanban.lint.fixes import setting_field
from kanban.lint.rule import CARD, ERROR, UNSAFE, Hits, LintContext, at, rule, typed
from kanban.model.cards.card import Card
from kanban.model.cards.working_days import next_working_day
from kanban.pull.nextaction import missing


@rule("KB501", "missing-next-action", CARD, ERROR, fix=UNSAFE)
def check(context: LintContext) -> Hits:
    for card in missing(context.board):
        if not card.readable and not card.written:
            continue
        if not card.next_action:
            cure = _('`kanban set {card} next_action="…" next_action_date=+2d`').format(card=typed(card.id))
            yield at(
                card, "next_action", _("{card} says nothing about what happens next").format(card=card.label), cure
            )
        elif not card.has("next_action_date"):
            message = _("“{action}” has no date").format(action=card.next_action)
            cure = _("`kanban set {card} next_action_date=+2d`").format(card=typed(card.id))
            yield at(card, "next_action", message, cure, fix=_dated(context, card), detail="date")


def _dated(context: LintContext, card: Card) -> Fix:
    day = next_working_day(context.board.config.calendar, context.today).isoformat()
    label = _("date the next action {day}").format(day=day)
    return Fix(card.path, label, setting_field("next_action_date", day), safe=False)
