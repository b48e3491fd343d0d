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
from kanban.lint.facts.ages import days_here, idle_days
from kanban.lint.rule import CARD, CLOCKS, WARNING, Hits, LintContext, at, rule, typed
from kanban.pull.milestones import follow_ups_owed


@rule("KB509", "follow-up-missing", CARD, WARNING, needs=(CLOCKS,), timed=True)
def check(context: LintContext) -> Hits:
    config = context.board.config
    for card in context.board.open_cards:
        days = {"idle": idle_days(context, card), "standing": days_here(context, card)}
        missed = follow_ups_owed(config, context.board.column_of(card), card, context.today, **days)
        if not missed:
            continue
        message = _("the follow-up at D+{day} was due on {date} and nothing has happened since").format(
            day=missed[0].after, date=missed[0].on.isoformat()
        )
        if len(missed) > 1:
            others = ", ".join(_("D+{days}").format(days=one.after) for one in missed[1:])
            message += _("; so were {others}").format(others=others)
        cure = _("follow up, then `kanban set {card} next_action_date=+2d`").format(card=typed(card.id))
        yield at(card, "next_action_date", message, cure, detail=f"D+{missed[0].after}")
