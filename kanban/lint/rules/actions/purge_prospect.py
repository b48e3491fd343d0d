"""Prospects that do not move go to nurturing.

Why: a first column full of cold names hides the warm ones; they are better served by a newsletter than by a
reminder.

Flags: a card on which nothing happened for more days than its column's `purge_after` (30 for prospects).

Cure: `kanban park CARD`; it comes back when something happens.

Bad:

    == prospects/acme.md
    ---
    account: ACME
    ---
    == history
    2026-08-20 acme to prospects

Good:

    == nurturing/acme.md
    ---
    account: ACME
    ---
    == history
    2026-08-20 acme to prospects
    2026-09-28 acme to nurturing
"""

from kanban.i18n import _, ngettext
from kanban.lint.facts.ages import idle_days
from kanban.lint.rule import CARD, CLOCKS, WARNING, Hits, LintContext, at, rule, typed
from kanban.pull.cadence import is_to_be_purged


@rule("KB504", "purge-prospect", CARD, WARNING, needs=(CLOCKS,), timed=True)
def check(context: LintContext) -> Hits:
    for card in context.board.open_cards:
        column, idle = context.board.column_of(card), idle_days(context, card)
        if idle is not None and is_to_be_purged(context.board.config, column, idle):
            message = ngettext(
                "{card} has been in {column} without any action for {days} day",
                "{card} has been in {column} without any action for {days} days",
                idle,
            ).format(card=card.label, column=column.title, days=idle)
            yield at(card, "next_action_date", message, _("`kanban park {card}`").format(card=typed(card.id)))
