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

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from kanban.i18n import _
from kanban.lint.finding import Load
from kanban.lint.rule import BOARD, ERROR, Hits, LintContext, at, rule, typed
from kanban.model.cards.card import Card
from kanban.model.cards.working_days import next_working_day
from kanban.model.typed.values import When


@rule("KB507", "overfull-day", BOARD, ERROR)
def check(context: LintContext) -> Hits:
    limit = context.board.config.policies.meetings_per_day
    planned = _planned(context)
    for day, cards in sorted(planned.items()):
        if len(cards) > limit:
            when, last = max(cards, key=lambda one: (one[0].sort_key(), one[1].id))
            message = _("{count} meetings are planned on {day}, {limit} at most").format(
                count=len(cards), day=day.isoformat(), limit=limit
            )
            free = replace(when, day=_day_with_room(context, planned, day)).isoformat()
            cure = _("`kanban set {card} next_action_date={day}`").format(card=typed(last.id), day=free)
            load = Load(frozenset(card.id for _when, card in cards), limit)
            yield at(last, "next_action_date", message, cure, detail=day.isoformat(), load=load)


def _planned(context: LintContext) -> dict[date, list[tuple[When, Card]]]:
    """The meetings of each day from today on."""
    days: dict[date, list[tuple[When, Card]]] = defaultdict(list)
    for card in context.board.open_cards:
        when, stage = card.next_action_date, context.board.column_of(card).effective_stage
        if stage == "meeting" and when is not None and when.day >= context.today:
            days[when.day].append((when, card))
    return days


def _day_with_room(context: LintContext, planned: Mapping[date, list[tuple[When, Card]]], day: date) -> date:
    """The next working day that can hold one meeting more."""
    calendar, limit = context.board.config.calendar, context.board.config.policies.meetings_per_day
    free = next_working_day(calendar, day)
    while len(planned.get(free, ())) >= limit > 0:
        free = next_working_day(calendar, free)
    return free
