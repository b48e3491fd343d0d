"""Every amount is one number of one currency.

Why: an amount that cannot be read is missing from the pipeline and from the forecast.

Flags: text that is no amount, one that two people would read differently (`1.234`), a negative or impossible one.

Cure: write it like `28000`, `28 k€` or `28000.50`.

Bad:

    == offre/acme.md
    ---
    account: ACME
    amount: about 30
    ---

Good:

    == offre/acme.md
    ---
    account: ACME
    amount: 30 k€
    ---
"""

from kanban.lint.reading_problems import reported
from kanban.lint.rule import CARD, ERROR, Rule

RULE = Rule("KB202", "unreadable-amount", CARD, ERROR, reported("unreadable-amount"), __doc__)
