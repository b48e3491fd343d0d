"""A close date is the customer's, not the calendar's.

Why: many dates on the last day of a month mean "some time"; a forecast by month made of them is a wish.

Flags: an open card that closes on the last day of a month when that is a day off, and all open cards on one last day
of a month when there are three or more.

Cure: ask when the committee meets or the budget closes, and write that day.

Bad:

    == negotiation/acme.md
    ---
    account: ACME
    close_date: 2026-10-31
    ---

Good:

    == negotiation/acme.md
    ---
    account: ACME
    close_date: 2026-10-30
    ---
"""

from collections import Counter
from datetime import timedelta

from kanban.i18n import _
from kanban.lint.rule import CARD, INFO, Hits, LintContext, at, rule
from kanban.model.cards.working_days import is_working_day

MANY = 3


@rule("KB519", "close-date-default", CARD, INFO)
def check(context: LintContext) -> Hits:
    board = context.board
    ends = [
        (card, card.close_date)
        for card in board.open_cards
        if card.close_date is not None and (card.close_date + timedelta(days=1)).day == 1
    ]
    counts = Counter(day for _card, day in ends)
    for card, day in ends:
        if counts[day] >= MANY or not is_working_day(board.config.calendar, day):
            message = _("{card} closes on the last day of the month, {date}: a default?").format(
                card=card.label, date=day.isoformat()
            )
            yield at(card, "close_date", message, _("ask the customer for the day, and write that one"))
