"""Every file of the board can be read.

Why: what cannot be read is left out of every number.

Flags: a problem of reading that no other rule is named after.

Cure: what the finding proposes.

Bad:

    == prospects/acme.md (strange)
    ---
    account: ACME
    ---

Good:

    == prospects/acme.md
    ---
    account: ACME
    ---
"""

from kanban.lint.reading_problems import OTHER, reported
from kanban.lint.rule import CARD, ERROR, Rule

RULE = Rule("KB100", OTHER, CARD, ERROR, reported(OTHER), __doc__)
