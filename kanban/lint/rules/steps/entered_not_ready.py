"""A card enters a column ready for it, on the day it enters.

Why: that the meeting lies ahead and the follow-up is planned can only be asked at the door.

Flags: a step into a column whose Definition of Ready asks for a day to come (`future`, `timed`) which the card does
not have on that day (out of a meeting: a day that is not the meeting's); and a step past columns, to the right or to
won, whose Definition of Ready the card does not meet. What must hold for as long as the card stays is told by KB511.

Each step is judged by the card and the rules of its own commit: what was noted later neither cures nor harms it.

Cure: before the commit, fix the date; `kanban move` asks for it. After it, take the card back with a reason and move
it again when it is ready, or record why not: `Override: dor: …` in the commit's message.

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
from kanban.lint.rule import ERROR, RANGE, STEPS, Hits, LintContext, rule
from kanban.lint.steps.findings import card_then, config_of, direction_of_step, lack_hit, passed_in
from kanban.lint.steps.step import Step
from kanban.model.cards.card import Card
from kanban.model.settings.columns import Column
from kanban.pull.moves import BACK
from kanban.pull.readiness import Lack, lacking_to_enter, lacking_to_stay

DAY_BOUND = ("future", "timed")


@rule("KB406", "entered-not-ready", RANGE, ERROR, needs=(STEPS,))
def check(context: LintContext) -> Hits:
    for step in context.steps or ():
        config = config_of(context, step)
        column = config.column(step.target or "")
        if column is None or config.policies.ready == "off" or step.exempt("dor"):
            continue
        card = card_then(context, step)
        if card is None or not card.readable:
            continue
        for entered, lack in _lacks(context, step, card, column):
            message = _("{card} entered {column} too early: {lack}").format(
                card=card.label, column=entered.title, lack=lack.message
            )
            yield lack_hit(context, step, card, lack, message, "dor")


def _lacks(context: LintContext, step: Step, card: Card, column: Column) -> Iterator[tuple[Column, Lack]]:
    """What the card lacked for the columns it passed, then for the one it entered, with that column."""
    source = config_of(context, step).column(step.source or "")
    for passed in passed_in(context, step):
        for lack in lacking_to_stay(card, passed):
            yield passed, lack
    if not column.is_open:
        return
    told = {lack.requirement.id for lack in lacking_to_stay(card, column)}
    onward = source if direction_of_step(context, step) != BACK else None
    for lack in lacking_to_enter(card, column, today=step.day, source=onward):
        if lack.requirement.effective_check in DAY_BOUND and lack.requirement.id not in told:
            yield column, lack
