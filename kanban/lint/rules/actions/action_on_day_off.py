"""Nothing is planned for a day on which nobody works.

Why: an action on a Sunday is done on Monday at best, and shows as late from then on.

Flags: a next action from today on that falls on a day the board's calendar does not work.

Cure: choose a working day; `--fix --unsafe-fixes` takes the next one.

Bad:

    == offer/acme.md
    ---
    account: ACME
    next_action: call Ana
    next_action_date: 2026-10-11
    ---

Good:

    == offer/acme.md
    ---
    account: ACME
    next_action: call Ana
    next_action_date: 2026-10-12
    ---
"""

from dataclasses import replace

from kanban.i18n import _
from kanban.lint.finding import Fix
from kanban.lint.fixes import setting_field
from kanban.lint.rule import CARD, UNSAFE, WARNING, Hits, LintContext, at, rule, typed
from kanban.model.cards.working_days import is_working_day, next_working_day


@rule("KB517", "action-on-day-off", CARD, WARNING, fix=UNSAFE)
def check(context: LintContext) -> Hits:
    calendar = context.board.config.calendar
    for card in context.board.open_cards:
        when = card.next_action_date
        if when is None or when.day < context.today or is_working_day(calendar, when.day):
            continue
        moved = replace(when, day=next_working_day(calendar, when.day)).isoformat()
        message = _("“{action}” is planned for {date}, a day off").format(
            action=card.next_action or card.label, date=when.day.isoformat()
        )
        label = _("move the next action to {day}").format(day=moved)
        fix = Fix(card.path, label, setting_field("next_action_date", moved), safe=False)
        cure = _("`kanban set {card} next_action_date={day}`").format(card=typed(card.id), day=moved)
        yield at(card, "next_action_date", message, cure, fix=fix)
