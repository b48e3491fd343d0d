"""Every card begins with its fields.

Why: without the block between two `---` lines a card has no account, no amount and no next action.

Flags: a card whose first line is not `---`.

Cure: begin the file with `---`, one `key: value` a line, and `---` again. `kanban lint --fix` does so where only the
lines of dashes are missing.

Bad:

    == prospects/acme.md
    account: ACME
    next_action: call Ana

    Called Ana, she will call back.

Good:

    == prospects/acme.md
    ---
    account: ACME
    next_action: call Ana
    ---

    Called Ana, she will call back.
"""

from kanban.lint.reading_problems import hits_of
from kanban.lint.rule import CARD, ERROR, SAFE, Hits, LintContext, rule
from kanban.lint.rules.file.formatter_damage import is_damaged


@rule("KB103", "no-front-matter", CARD, ERROR, fix=SAFE)
def check(context: LintContext) -> Hits:
    for hit in hits_of(context, "no-front-matter"):
        card = context.board.find(hit.card)
        if card is None or not is_damaged(card):
            yield hit
