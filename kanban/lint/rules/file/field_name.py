"""Names of fields are plain words.

Why: the names are used on the command line and in board.yml; accents and spaces cannot be typed there.

Flags: a key with spaces, accents or signs.

Cure: letters without accents, digits, `_` and `-`, beginning with a letter. `kanban lint --fix` renames a
key that is plainly the label or a usual name of a field (`Prochaine action`, `Société`).

Bad:

    == prospects/acme.md
    ---
    next action: call Ana
    ---

Good:

    == prospects/acme.md
    ---
    next_action: call Ana
    ---
"""

from dataclasses import replace

from kanban.lint.facts.fieldnames import renaming
from kanban.lint.reading_problems import hits_of
from kanban.lint.rule import CARD, ERROR, SAFE, Hits, LintContext, rule


@rule("KB109", "field-name", CARD, ERROR, fix=SAFE)
def check(context: LintContext) -> Hits:
    for hit in hits_of(context, "field-name"):
        card = context.board.find(hit.card)
        fix, cure = (None, "") if card is None else renaming(card, hit.key, context.board.config)
        yield replace(hit, fix=fix, cure=cure or hit.cure)
