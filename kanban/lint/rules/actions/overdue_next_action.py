"""What was planned is done, or planned anew.

Why: a date that has passed is a promise that was not kept, or kept and not noted.

Flags: an open card whose next action lies before today.

Cure: do it, note it, and write down the next one.

Bad:

    == offer/acme.md
    ---
    account: ACME
    next_action: call Ana
    next_action_date: 2026-10-01
    ---

Good:

    == offer/acme.md
    ---
    account: ACME
    next_action: call Ana
    next_action_date: 2026-10-05
    ---
"""

from kanban.i18n import _, ngettext
from kanban.lint.rule import CARD, WARNING, Hits, LintContext, at, rule, typed
from kanban.pull.nextaction import days_late, overdue


@rule("KB502", "overdue-next-action", CARD, WARNING, timed=True)
def check(context: LintContext) -> Hits:
    for card in overdue(context.board, context.today):
        late = days_late(card, context.today)
        message = ngettext("“{action}” is {days} day late", "“{action}” is {days} days late", late).format(
            action=card.next_action or card.label, days=late
        )
        cure = _("do it and note what comes next, or `kanban set {card} next_action_date=+2d`").format(
            card=typed(card.id)
        )
        yield at(card, "next_action_date", message, cure)
