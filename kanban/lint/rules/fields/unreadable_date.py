"""Every date is a day of the calendar.

Why: an action on a day that does not exist is never due.

Flags: text that is no date, one that means two days (`03/04/26` on an English board), an impossible one, one whose
weekday contradicts it, one that means another day each day (`tomorrow`).

Cure: write it like `2026-10-12`, with a time like `2026-10-12 10:00`.

Bad:

    == rdv/acme.md
    ---
    account: ACME
    next_action: demo
    next_action_date: 2026-02-30
    ---

Good:

    == rdv/acme.md
    ---
    account: ACME
    next_action: demo
    next_action_date: 2026-10-12 10:00
    ---
"""

from kanban.lint.reading_problems import reported
from kanban.lint.rule import CARD, ERROR, Rule

RULE = Rule("KB205", "unreadable-date", CARD, ERROR, reported("unreadable-date"), __doc__)
