"""Nothing is pulled while open cards have no dated next action.

Why: the pull stop makes the team tend what it has before it takes more.

Flags: a pull (a step forward, or back out of an exit) on a board on which, before it, open cards lacked a dated next
action and still do, other cards than the one that moves. `policies.pull_stop` said whether it blocks, warns or is off
when the card was pulled. Winning or losing a card is no pull.

Each step is judged by its own commit and the one before it: what is mended later does not cure it.

Cure: give those cards their next action first; or record why not: `kanban move --force --reason …`.

Bad:

    == board.yml
    columns: [{key: prospects}, {key: qualified}, {key: meeting}]
    == meeting/acme.md
    ---
    account: ACME
    next_action: demo
    next_action_date: 2026-10-12
    ---
    == prospects/norvane.md
    ---
    account: Norvane
    ---
    == before: qualified/acme.md
    ---
    account: ACME
    next_action: demo
    next_action_date: 2026-10-12
    ---
    == before: prospects/norvane.md
    ---
    account: Norvane
    ---
    == steps
    acme qualified to meeting

Good:

    == board.yml
    columns: [{key: prospects}, {key: qualified}, {key: meeting}]
    == meeting/acme.md
    ---
    account: ACME
    next_action: demo
    next_action_date: 2026-10-12
    ---
    == prospects/norvane.md
    ---
    account: Norvane
    next_action: call
    next_action_date: 2026-10-12
    ---
    == before: qualified/acme.md
    ---
    account: ACME
    next_action: demo
    next_action_date: 2026-10-12
    ---
    == before: prospects/norvane.md
    ---
    account: Norvane
    ---
    == steps
    acme qualified to meeting
"""

from kanban.i18n import _
from kanban.lint.rule import BASE, ERROR, RANGE, STEPS, WARNING, Hits, LintContext, rule, typed
from kanban.lint.steps.findings import config_of, cure_of_a_commit, direction_of_step, step_hit
from kanban.lint.steps.step import Step
from kanban.pull import nextaction
from kanban.pull.moves import is_pull


@rule("KB409", "pulled-while-stopped", RANGE, ERROR, needs=(STEPS, BASE))
def check(context: LintContext) -> Hits:
    for step in context.steps or ():
        others = _held_by(context, step)
        target = context.board.config.column(step.target or "")
        if not others or target is None or not is_pull(direction_of_step(context, step), target):
            continue
        if step.exempt("pull-stop"):
            continue
        message = _("{card} was pulled although open cards have no dated next action ({ids})").format(
            card=step.card, ids=", ".join(others[:8])
        )
        blocks = config_of(context, step).policies.pull_stop == "block" and not step.is_squashed
        again = _("once these cards have their next action")
        cure = cure_of_a_commit(step, "pull-stop", again) if step.commit else _cure(context, others[0])
        yield step_hit(context, step, message, cure, severity="" if blocks else WARNING)


def _held_by(context: LintContext, step: Step) -> list[str]:
    """The other cards that lacked a dated next action before the step and still did after it, if they stopped pulls.

    Of a commit its parent and itself are compared, of what is not committed yet the boards before and now.
    """
    base, board, policies = context.base, context.board, config_of(context, step).policies
    if base is None:
        return []
    ends = context.lacking_then.get(step.commit) if step.commit else None
    before, after = ends or (nextaction.lacking(base), nextaction.lacking(board))
    if not before.stops(policies) or not after.stops(policies):
        return []
    known = frozenset(before.ids)
    return [card for card in after.ids if card in known and card != step.card]


def _cure(context: LintContext, card: str) -> str:
    found = context.board.find(card)
    cure = _('`kanban set {card} next_action="…" next_action_date=+2d`')
    if found is not None and found.has("next_action"):
        cure = _("`kanban set {card} next_action_date=+2d`")
    return cure.format(card=typed(card))
