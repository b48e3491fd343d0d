"""The next action is soon, or the card is parked.

Why: "call in March" on an open card is nurturing in disguise: it takes a place and makes the column look busy.

Flags: an open card whose next action lies more than 60 days ahead.

Cure: `kanban park CARD` until then, or find a nearer step.

Bad:

    == offer/acme.md
    ---
    account: ACME
    next_action: call again
    next_action_date: 2027-03-01
    ---

Good:

    == nurturing/acme.md
    ---
    account: ACME
    parked_until: 2027-03-01
    ---
"""

from kanban.i18n import _
from kanban.lint.rule import CARD, WARNING, Hits, LintContext, at, rule, typed

FAR = 60


@rule("KB531", "far-next-action", CARD, WARNING, timed=True)
def check(context: LintContext) -> Hits:
    for card in context.board.open_cards:
        when = card.next_action_date
        days = (when.day - context.today).days if when is not None else 0
        if when is not None and days > FAR:
            message = _("the next action of {card} is {days} days away").format(card=card.label, days=days)
            cure = _("a nearer step, or `kanban park {card}` until {date}").format(
                card=typed(card.id), date=when.day.isoformat()
            )
            yield at(card, "next_action_date", message, cure)
