"""Every probability is a share between 0 and 100 %.

Why: the weighted pipeline multiplies by it; `1` could be one per cent or certainty.

Flags: text that is no percentage, one above 100 %, and a bare `1`.

Cure: write it like `40 %`.

Bad:

    == offre/acme.md
    ---
    account: ACME
    probability: good
    ---

Good:

    == offre/acme.md
    ---
    account: ACME
    probability: 60 %
    ---
"""

from kanban.lint.reading_problems import reported
from kanban.lint.rule import CARD, ERROR, Rule

RULE = Rule("KB204", "unreadable-probability", CARD, ERROR, reported("unreadable-probability"), __doc__)
