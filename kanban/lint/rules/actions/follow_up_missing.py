"""An offer is followed up after two and after seven days.

Why: most offers are not refused, they are forgotten; the first follow-up that is late is the first that is not made.

Flags: a card in a column with `follow_up:` days (2 and 7 for offers) on which less happened since its `offer_date`
(without one: since it entered) than follow-ups fell due, and whose next action is not planned for the next of them. A
`follow_up_date` after the last of these days is one more follow-up.

Cure: follow up now; plan the next one. The mail is ready: `kanban mail CARD follow-up`.

Bad:

    == offer/acme.md
    ---
    account: ACME
    next_action: wait
    next_action_date: 2026-10-20
    ---
    == history
    2026-09-28 acme to offer

Good:

    == offer/acme.md
    ---
    account: ACME
    next_action: second follow-up
    next_action_date: 2026-10-05
    ---
    == history
    2026-09-28 acme to offer
    2026-09-30 acme edited
"""

from kanban.i18n import _
from kanban.lint.facts.ages import acts_after, entered_on
from kanban.lint.rule import CARD, CLOCKS, WARNING, Hits, LintContext, at, rule, typed
from kanban.model.cards.working_days import next_working_day
from kanban.pull.cadence import follow_ups, offer_day


@rule("KB509", "follow-up-missing", CARD, WARNING, needs=(CLOCKS,), timed=True)
def check(context: LintContext) -> Hits:
    config = context.board.config
    for card in context.board.open_cards:
        entered = entered_on(context, card)
        since = offer_day(card, entered)
        if entered is None or since is None:
            continue
        acts = acts_after(context, card, since)
        plan = follow_ups(config, context.board.column_of(card), card, entered)
        missed = [one for one in plan[len(acts) :] if one.on < context.today and not any(act >= one.on for act in acts)]
        planned = card.next_action_date
        soon = next_working_day(config.calendar, context.today)
        if not missed or (planned is not None and context.today <= planned.day <= soon):
            continue
        message = _("the follow-up at D+{day} was due on {date} and nothing has happened since").format(
            day=missed[0].after, date=missed[0].on.isoformat()
        )
        if len(missed) > 1:
            others = ", ".join(f"D+{one.after}" for one in missed[1:])
            message += _("; so were {others}").format(others=others)
        cure = _("follow up, then `kanban set {card} next_action_date=+2d`").format(card=typed(card.id))
        yield at(card, "next_action_date", message, cure, detail=f"D+{missed[0].after}")
