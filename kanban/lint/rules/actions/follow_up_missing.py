"""An offer is followed up after two and after seven days.

Why: most offers are not refused, they are forgotten; the first follow-up that is late is the first that is not made.

Flags: a card in a column with `follow_up:` days (2 and 7 for offers) on which less happened since it entered than
follow-ups fell due, and whose next action is not planned for the next of them.

Cure: follow up now; plan the next one. The mail is ready: `kanban mail CARD follow-up`.

Bad:

    == offre/acme.md
    ---
    account: ACME
    next_action: wait
    next_action_date: 2026-10-20
    ---
    == history
    2026-09-28 acme to offre

Good:

    == offre/acme.md
    ---
    account: ACME
    next_action: second follow-up
    next_action_date: 2026-10-05
    ---
    == history
    2026-09-28 acme to offre
    2026-09-30 acme edited
"""

from datetime import timedelta

from kanban.i18n import _
from kanban.lint.facts.ages import acts_since_entry, days_here
from kanban.lint.rule import CARD, CLOCKS, WARNING, Hits, LintContext, at, rule, typed
from kanban.model.cards.working_days import next_working_day, working_day_from


@rule("KB509", "follow-up-missing", CARD, WARNING, needs=(CLOCKS,), timed=True)
def check(context: LintContext) -> Hits:
    calendar = context.board.config.calendar
    for card in context.board.open_cards:
        days = context.board.column_of(card).follow_up
        here = days_here(context, card)
        if not days or here is None:
            continue
        entered = context.today - timedelta(days=here)
        due = [working_day_from(calendar, entered + timedelta(days=day)) for day in sorted(days)]
        acts = acts_since_entry(context, card)
        missed = [
            (day, when)
            for nth, (day, when) in enumerate(zip(sorted(days), due, strict=True))
            if when < context.today and nth >= len(acts) and not any(act >= when for act in acts)
        ]
        if not missed:
            continue
        planned = card.next_action_date
        if planned is not None and context.today <= planned.day <= next_working_day(calendar, context.today):
            continue
        day, when = missed[0]
        message = _("the follow-up at D+{day} was due on {date} and nothing has happened since").format(
            day=day, date=when.isoformat()
        )
        cure = _("follow up, then `kanban set {card} next_action_date=+2d`").format(card=typed(card.id))
        yield at(card, "next_action_date", message, cure, detail=f"D+{day}")
