"""No day holds more meetings than people can prepare and hold well.

Why: the eleventh meeting of a day is cancelled or held badly; no-shows grow with the number of appointments.

Flags: a day from today on with more planned meetings than `policies.meetings_per_day` (10): cards in the meeting
column by the day of their next action.

Cure: move one to another day and confirm it with the customer.

Bad:

    == board.yml
    columns: [{key: prospects}, {key: rdv}]
    policies: {meetings_per_day: 1}
    == rdv/acme.md
    ---
    account: ACME
    next_action: demo
    next_action_date: 2026-10-12T10:00
    ---
    == rdv/norvane.md
    ---
    account: Norvane
    next_action: demo
    next_action_date: 2026-10-12T11:00
    ---

Good:

    == board.yml
    columns: [{key: prospects}, {key: rdv}]
    policies: {meetings_per_day: 1}
    == rdv/acme.md
    ---
    account: ACME
    next_action: demo
    next_action_date: 2026-10-12T10:00
    ---
    == rdv/norvane.md
    ---
    account: Norvane
    next_action: demo
    next_action_date: 2026-10-13T11:00
    ---
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from kanban.i18n import _
from kanban.lint.finding import Hit
from kanban.lint.rule import BOARD, ERROR, LintContext, Rule, at, typed
from kanban.model.card import Card


def check(context: LintContext) -> Iterator[Hit]:
    board = context.board
    limit = board.config.policies.meetings_per_day
    days: dict[date, list[Card]] = defaultdict(list)
    for card in board.open_cards:
        when = card.next_action_date
        if when is not None and board.column_of(card).effective_stage == "meeting" and when.day >= context.today:
            days[when.day].append(card)
    for day, cards in sorted(days.items()):
        if len(cards) > limit:
            last = max(
                cards, key=lambda card: (card.next_action_date.sort_key() if card.next_action_date else (), card.id)
            )
            message = _("{count} meetings are planned on {day}, {limit} at most").format(
                count=len(cards), day=day.isoformat(), limit=limit
            )
            cure = _('`kanban set {card} next_action_date="…"` to another day').format(card=typed(last.id))
            yield at(last, "next_action_date", message, cure, detail=day.isoformat())


def _hour(card: Card) -> tuple[tuple[object, ...], str]:
    return (card.next_action_date.sort_key() if card.next_action_date else ()), card.id


RULE = Rule("KB507", "overfull-day", BOARD, ERROR, check, __doc__)
