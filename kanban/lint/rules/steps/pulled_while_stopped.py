"""Nothing is pulled while open cards have no dated next action.

Why: the pull stop makes the team tend what it has before it takes more.

Flags: a step forward on a board on which, before it, open cards lacked a dated next action and still do, other cards
than the one that moves. `policies.pull_stop` said whether it blocks, warns or is off when the card was pulled. Winning
or losing a card is no pull.

Cure: give those cards their next action; or record why not: `kanban move --force --reason …`.

Bad:

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
from kanban.lint.steps.findings import direction_of_step, step_hit
from kanban.pull import nextaction
from kanban.pull.moves import FORWARD, SKIP


@rule("KB409", "pulled-while-stopped", RANGE, ERROR, needs=(STEPS, BASE))
def check(context: LintContext) -> Hits:
    base, board = context.base, context.board
    if base is None or not nextaction.stops_pulling(base) or not nextaction.stops_pulling(board):
        return
    before = {card.id for card in nextaction.missing(base)}
    missing = [card.id for card in nextaction.missing(board) if card.id in before]
    severity = "" if base.config.policies.pull_stop == "block" else WARNING
    for step in context.steps or ():
        others = [card for card in missing if card != step.card]
        target = board.config.column(step.target or "")
        if target is None or not target.is_open or direction_of_step(context, step) not in (FORWARD, SKIP):
            continue
        if not others or step.exempt("pull-stop"):
            continue
        message = _("{card} was pulled although open cards have no dated next action ({ids})").format(
            card=step.card, ids=", ".join(others[:8])
        )
        first = board.find(others[0])
        cure = _('`kanban set {card} next_action="…" next_action_date=+2d`')
        if first is not None and first.has("next_action"):
            cure = _("`kanban set {card} next_action_date=+2d`")
        cure = cure.format(card=typed(others[0]))
        yield step_hit(context, step, message, cure, severity=severity)
