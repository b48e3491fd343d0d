"""A field of one value holds one.

Why: of two owners each believes that the other does it; of two dates neither is due.

Flags: a list in a field that takes one value.

Cure: keep one; a second person goes into the notes.

Bad:

    == offre/acme.md
    ---
    account: ACME
    owner: [Zoé, Karim]
    ---

Good:

    == offre/acme.md
    ---
    account: ACME
    owner: Zoé
    ---
"""

from kanban.lint.reading_problems import reported
from kanban.lint.rule import CARD, ERROR, Rule

RULE = Rule("KB208", "list-for-one-value", CARD, ERROR, reported("list-for-one-value"), __doc__)
