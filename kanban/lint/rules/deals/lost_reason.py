"""Every loss has one of the board's reasons.

Why: only reasons from one short list can be counted; free text never adds up to "we lose on price".

Flags: a lost card without `lost_reason`, or with a text that is not in the list (`lost_reasons` in board.yml).

Cure: choose one of the reasons and keep the story for the notes. `--fix` replaces a spelling or a translation that
can only mean one of them.

Bad:

    == perdu/acme.md
    ---
    account: ACME
    lost_reason: Too expensive!
    ---
    == perdu/norvane.md
    ---
    account: Norvane
    lost_reason: the boss did not like it
    ---

Good:

    == perdu/acme.md
    ---
    account: ACME
    lost_reason: price
    ---
"""

from dataclasses import replace

from kanban.i18n import _
from kanban.lint.facts.reasons import reason_meant
from kanban.lint.finding import Fix
from kanban.lint.fixes import setting_field
from kanban.lint.reading_problems import hits_of
from kanban.lint.rule import CARD, ERROR, SAFE, Hits, LintContext, at, rule, typed


@rule("KB505", "lost-reason", CARD, ERROR, fix=SAFE)
def check(context: LintContext) -> Hits:
    board = context.board
    for hit in hits_of(context, "lost-reason"):
        card = board.find(hit.card)
        meant = reason_meant(card.get("lost_reason"), board.config) if card is not None else ""
        label = _("write the reason as `{reason}`").format(reason=meant)
        fix = Fix(hit.path, label, setting_field("lost_reason", meant)) if meant else None
        yield replace(hit, fix=fix)
    allowed = ", ".join(map(_, board.config.lost_reasons))
    for column in board.config.exits("lost"):
        for card in board.in_column(column.key):
            if not card.has("lost_reason") and card.readable:
                message = _("{card} is lost without a reason").format(card=card.label)
                cure = _("`kanban set {card} lost_reason=…`, one of {reasons}").format(
                    card=typed(card.id), reasons=allowed
                )
                yield at(card, "lost_reason", message, cure)
