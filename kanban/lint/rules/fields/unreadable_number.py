"""Numbers and yes-or-no fields can be read.

Why: "three or four touches" cannot be compared with the limit of three.

Flags: a number that is not whole or out of range, a yes-or-no field that says something else.

Cure: write digits, or yes or no.

Bad:

    == prospects/acme.md
    ---
    account: ACME
    touches: several
    ---

Good:

    == prospects/acme.md
    ---
    account: ACME
    touches: 2
    ---
"""

from kanban.lint.reading_problems import reported
from kanban.lint.rule import CARD, ERROR, Rule

RULE = Rule("KB207", "unreadable-number", CARD, ERROR, reported("unreadable-number"), __doc__)
