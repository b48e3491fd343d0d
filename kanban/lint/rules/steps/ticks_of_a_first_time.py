"""A card that comes back earns its ticks again.

Why: the second meeting has not been held because the first one was; with its old tick the card goes on without it.

Flags: a card that went back, or came back from an exit, with ticks of the Definition of Done of the column it stands
in, or of Definitions further right, that it had before. `kanban move` and `kanban reopen` take them off.

Cure: `kanban tick CARD TICK --off`, or `kanban lint --fix`. A card that was moved on by mistake is better taken back
with `kanban undo` or `git revert`, which leave its ticks as they were; one that keeps them for a reason says it in the
commit's message: `Override: dod: …`.

Bad:

    == board.yml
    columns: [{key: prospects}, {key: meeting, dod: [held]}, {key: offer}]
    == meeting/acme.md
    ---
    account: ACME
    dod: [held]
    ---
    == before: offer/acme.md
    ---
    account: ACME
    dod: [held]
    ---
    == steps
    acme offer to meeting: acme again / Reason: a second demo

Good:

    == board.yml
    columns: [{key: prospects}, {key: meeting, dod: [held]}, {key: offer}]
    == meeting/acme.md
    ---
    account: ACME
    ---
    == before: offer/acme.md
    ---
    account: ACME
    dod: [held]
    ---
    == steps
    acme offer to meeting: acme again / Reason: a second demo
"""

from kanban.i18n import _
from kanban.lint.finding import Fix
from kanban.lint.fixes import setting_field
from kanban.lint.rule import RANGE, SAFE, STEPS, WARNING, Hits, LintContext, at, rule, typed
from kanban.lint.steps.findings import card_then, config_of, direction_of_step
from kanban.pull.moves import to_earn_again


@rule("KB413", "ticks-of-a-first-time", RANGE, WARNING, needs=(STEPS,), fix=SAFE)
def check(context: LintContext) -> Hits:
    board = context.board
    for step in context.steps or ():
        then, now = card_then(context, step), board.find(step.card)
        target = config_of(context, step).column(step.target or "")
        if then is None or now is None or target is None or now.column != target.key or step.exempt("dod"):
            continue
        here = board.column_of(now)
        kept = to_earn_again(board, then, here, direction_of_step(context, step)) if then.readable else {}
        for key, ticks in kept.items():
            have = now.items(key)
            for tick in (one for one in ticks if one in have):
                message = _("{card} came back to {column} with a tick of its first time: {tick}").format(
                    card=now.label, column=here.title, tick=tick
                )
                left = tuple(one for one in have if one not in ticks)
                fix = Fix(now.path, _("take the ticks off"), setting_field(key, left))
                cure = f"`kanban tick {typed(now.id)} {typed(tick)} --off`"
                yield at(now, key, message, cure, detail=tick, fix=fix)
