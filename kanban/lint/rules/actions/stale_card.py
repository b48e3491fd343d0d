"""No open card is forgotten.

Why: a deal nobody touched for a week is at risk: customers read silence as a lack of interest.

Flags: an open card on which nothing happened for more days than the column allows (`stale_after`, by default the
board's 7). Cards old enough to be purged are told by KB504 instead.

Cure: do the next step and note it, or park the card.

Bad:

    == offer/acme.md
    ---
    account: ACME
    ---
    == history
    2026-09-20 acme to offer

Good:

    == offer/acme.md
    ---
    account: ACME
    ---
    == history
    2026-09-20 acme to offer
    2026-10-02 acme edited
"""

from kanban.i18n import _, ngettext
from kanban.lint.facts.ages import idle_days
from kanban.lint.rule import CARD, CLOCKS, WARNING, Hits, LintContext, at, rule, typed
from kanban.pull.cadence import is_stale, is_to_be_purged


@rule("KB503", "stale-card", CARD, WARNING, needs=(CLOCKS,), timed=True)
def check(context: LintContext) -> Hits:
    config = context.board.config
    for card in context.board.open_cards:
        column = context.board.column_of(card)
        idle = idle_days(context, card)
        if idle is not None and is_stale(config, column, idle) and not is_to_be_purged(config, column, idle):
            message = ngettext(
                "nothing has happened on {card} for {days} day",
                "nothing has happened on {card} for {days} days",
                idle,
            ).format(card=card.label, days=idle)
            cure = _("do the next step and note it, or `kanban park {card}`").format(card=typed(card.id))
            yield at(card, "next_action_date", message, cure)
