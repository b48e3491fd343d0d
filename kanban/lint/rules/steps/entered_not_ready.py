"""A card enters a column ready for it, on the day it enters.

Why: that the meeting lies ahead and the follow-up is planned can only be asked at the door.

Flags: a step into a column whose Definition of Ready asks for a day to come (`future`, `timed`) which the card does
not have on that day (out of a meeting: a day that is not the meeting's); and a step past columns, to the right or to
won, whose Definition of Ready the card does not meet. What must hold for as long as the card stays is told by KB511.

Cure: fix the date; `kanban move` asks for it.

Bad:

    == board.yml
    columns:
      - {key: prospects}
      - {key: meeting, dor: [{id: slot, field: next_action_date, check: timed}]}
    == meeting/acme.md
    ---
    account: ACME
    next_action: demo
    next_action_date: 2026-10-01
    ---
    == before: prospects/acme.md
    ---
    account: ACME
    ---
    == steps
    acme prospects to meeting

Good:

    == board.yml
    columns:
      - {key: prospects}
      - {key: meeting, dor: [{id: slot, field: next_action_date, check: timed}]}
    == meeting/acme.md
    ---
    account: ACME
    next_action: demo
    next_action_date: 2026-10-12T10:00
    ---
    == before: prospects/acme.md
    ---
    account: ACME
    ---
    == steps
    acme prospects to meeting
"""

from collections.abc import Iterator

from kanban.i18n import _
from kanban.lint.rule import ERROR, RANGE, STEPS, WARNING, Hits, LintContext, at, rule
from kanban.lint.steps.findings import direction_of_step, last_steps
from kanban.lint.steps.step import Step
from kanban.model.cards.card import Card
from kanban.model.settings.columns import Column
from kanban.pull.moves import BACK, passed_by
from kanban.pull.readiness import Lack, lacking_to_enter, lacking_to_stay

DAY_BOUND = ("future", "timed")


@rule("KB406", "entered-not-ready", RANGE, ERROR, needs=(STEPS,))
def check(context: LintContext) -> Hits:
    mode = context.board.config.policies.ready
    severity = WARNING if mode == "warn" else ""
    for step in last_steps(context) if mode != "off" else ():
        card = context.board.find(step.card)
        column = context.board.config.column(step.target or "")
        if card is None or column is None or step.exempt("dor") or not card.readable:
            continue
        for entered, lack in _lacks(context, step, card, column):
            message = _("{card} entered {column} too early: {lack}").format(
                card=card.label, column=entered.title, lack=lack.message
            )
            detail = lack.requirement.id
            yield at(card, lack.key, message, f"`{lack.cure}`", detail=detail, severity=severity)


def _lacks(context: LintContext, step: Step, card: Card, column: Column) -> Iterator[tuple[Column, Lack]]:
    """What the card lacked for the columns it passed, then for the one it entered, with that column."""
    source = context.board.config.column(step.source or "")
    direction = direction_of_step(context, step)
    for passed in passed_by(context.board, source, column, direction):
        for lack in lacking_to_stay(card, passed):
            yield passed, lack
    if not column.is_open:
        return
    told = {lack.requirement.id for lack in lacking_to_stay(card, column)}
    for lack in lacking_to_enter(card, column, today=step.day, source=source if direction != BACK else None):
        if lack.requirement.effective_check in DAY_BOUND and lack.requirement.id not in told:
            yield column, lack
