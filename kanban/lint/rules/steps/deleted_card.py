"""A deal that ends is won, lost or parked; it is not deleted.

Why: a deleted card teaches nothing: no reason of the loss, no length of the cycle, no conversion.

Flags: an open card whose file is gone in a commit that gives no reason. Before the commit it only warns: the reason
can still be given. (A card that was closed may be deleted with a warning.)

Cure: bring it back with `git restore`, then `kanban lose CARD --reason …` or `kanban park CARD`; for a card made by
mistake say so: `Reason: created twice`.

Bad:

    == before: offer/acme.md
    ---
    account: ACME
    ---
    == steps
    acme offer to nothing: clean up

Good:

    == lost/acme.md
    ---
    account: ACME
    lost_reason: price
    ---
    == before: offer/acme.md
    ---
    account: ACME
    ---
    == steps
    acme offer to lost: lost acme
"""

from kanban.i18n import _
from kanban.lint.rule import ERROR, RANGE, STEPS, WARNING, Hits, LintContext, pathspec, rule
from kanban.lint.steps.findings import before_of, revision_before, step_hit
from kanban.lint.steps.step import Step


@rule("KB404", "deleted-card", RANGE, ERROR, needs=(STEPS,))
def check(context: LintContext) -> Hits:
    config = context.board.config
    renamed = set(context.board.renames)
    for step in context.steps or ():
        if step.target is not None or step.card in renamed or context.board.find(step.card) is not None:
            continue
        source = config.column(step.source or "")
        if source is None or step.excused("deleted-card"):
            continue
        message = _("{card} was deleted in {column}").format(card=step.card, column=source.title)
        mild = "" if source.is_open else WARNING
        yield step_hit(context, step, message, _cure(context, step), severity=mild, unsaid=WARNING)


def _cure(context: LintContext, step: Step) -> str:
    """How to bring the card back, and how to say why it goes."""
    before = before_of(context, step.card)
    back = ""
    if before is not None:
        path = pathspec(context, before.path)
        back = f"`git restore --source={revision_before(step)} --staged --worktree {path}`"
    text = _("bring it back ({command}) and close or park it; or say why in the message: `Reason: …`")
    return text.format(command=back or "`git revert`")
