"""A field is written once.

Why: of two lines with the same key most tools silently take the last, some the first: the amount depends on who
looks.

Flags: the second line with the same key. The first one counts meanwhile.

Cure: keep one of the two lines.

Bad:

    == offre/acme.md
    ---
    amount: 28000
    amount: 30000
    ---

Good:

    == offre/acme.md
    ---
    amount: 30000
    ---
"""

from kanban.lint.reading_problems import reported
from kanban.lint.rule import CARD, ERROR, Rule

RULE = Rule("KB111", "duplicate-field", CARD, ERROR, reported("duplicate-field"), __doc__)
