"""Every card begins with its fields.

Why: without the block between two `---` lines a card has no account, no amount and no next action.

Flags: a card whose first line is not `---`.

Cure: begin the file with `---`, one `key: value` a line, and `---` again.

Bad:

    == prospects/acme.md
    # ACME

    Called Ana, she will call back.

Good:

    == prospects/acme.md
    ---
    account: ACME
    ---

    # ACME

    Called Ana, she will call back.
"""

from __future__ import annotations

from collections.abc import Iterator

from kanban.lint.finding import Hit
from kanban.lint.reading_problems import hits_of
from kanban.lint.rule import CARD, ERROR, LintContext, Rule
from kanban.lint.rules.file.formatter_damage import is_damaged

NAME = "no-front-matter"


def check(context: LintContext) -> Iterator[Hit]:
    for hit in hits_of(context, NAME):
        card = context.board.find(hit.card)
        if card is None or not is_damaged(card):
            yield hit


RULE = Rule("KB103", NAME, CARD, ERROR, check, __doc__)
