"""A meeting has an hour.

Why: "Monday" is not an appointment; the customer is in another meeting when you call.

Flags: a card in the meeting column whose next action, from today on, has a day and no time.

Cure: `kanban set CARD next_action_date="12 Oct 10:00"`.

Bad:

    == meeting/acme.md
    ---
    account: ACME
    next_action: demo
    next_action_date: 2026-10-12
    ---

Good:

    == meeting/acme.md
    ---
    account: ACME
    next_action: demo
    next_action_date: 2026-10-12T10:00
    ---
"""

from kanban.i18n import _
from kanban.lint.rule import CARD, WARNING, Hits, LintContext, at, rule, typed
from kanban.pull.meetings import is_meeting


@rule("KB528", "meeting-without-hour", CARD, WARNING)
def check(context: LintContext) -> Hits:
    for card in context.board.open_cards:
        when = card.next_action_date
        if not is_meeting(context.board, card) or when is None:
            continue
        if when.time is None and when.day >= context.today and "meeting-held" not in card.dod:
            message = _("the meeting with {card} on {date} has no hour").format(
                card=card.label, date=when.day.isoformat()
            )
            cure = _('`kanban set {card} next_action_date="{day} 10:00"`').format(
                card=typed(card.id), day=when.day.isoformat()
            )
            yield at(card, "next_action_date", message, cure)
