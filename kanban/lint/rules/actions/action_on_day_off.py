"""Nothing is planned for a day on which nobody works.

Why: an action on a Sunday is done on Monday at best, and shows as late from then on.

Flags: a next action from today on that falls on a day the board's calendar does not work, on 25 December or on 1
January. A fair or a conference takes place on its day.

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

import re
from dataclasses import replace
from datetime import date, timedelta

from kanban.i18n import _
from kanban.lint.finding import Fix
from kanban.lint.fixes import setting_field
from kanban.lint.rule import CARD, UNSAFE, WARNING, Hits, LintContext, at, rule, typed
from kanban.model.cards.working_days import is_working_day, next_working_day
from kanban.model.settings.policies import Calendar

_EVENT = re.compile(
    r"(?i)\b(?:salons?|foires?|trade ?shows?|fairs?|expos?|exhibitions?|congrès|congress|conf[ée]rences?|forums?)\b"
)
"""What takes place on a Saturday too."""
_EVERYWHERE = {(1, 1), (12, 25)}
"""Month and day on which nobody works, whether or not the board's calendar says so."""
_LONGEST = timedelta(days=14)


def _is_off(calendar: Calendar, day: date) -> bool:
    return not is_working_day(calendar, day) or (day.month, day.day) in _EVERYWHERE


@rule("KB517", "action-on-day-off", CARD, WARNING, fix=UNSAFE)
def check(context: LintContext) -> Hits:
    calendar = context.board.config.calendar
    for card in context.board.open_cards:
        when = card.next_action_date
        if when is None or when.day < context.today or not _is_off(calendar, when.day):
            continue
        if _EVENT.search(card.next_action) and (when.day.month, when.day.day) not in _EVERYWHERE:
            continue
        day = next_working_day(calendar, when.day)
        while _is_off(calendar, day) and day < when.day + _LONGEST:
            day = next_working_day(calendar, day)
        moved = replace(when, day=day).isoformat()
        message = _("“{action}” is planned for {date}, a day off").format(
            action=card.next_action or card.label, date=when.day.isoformat()
        )
        label = _("move the next action to {day}").format(day=moved)
        fix = Fix(card.path, label, setting_field("next_action_date", moved), safe=False)
        cure = _("`kanban set {card} next_action_date={day}`").format(card=typed(card.id), day=moved)
        yield at(card, "next_action_date", message, cure, fix=fix)
