"""Every card is a file that can be opened.

Why: a card nobody can read is a deal nobody works.

Flags: a file that is missing, too large for a card, a pipe or device, or that may not be opened.

Cure: replace it by a regular text file; keep attachments elsewhere and link to them.

Bad:

    == offre/acme.md (too large)
    ---
    account: ACME
    ---

Good:

    == offre/acme.md
    ---
    account: ACME
    ---
"""

from kanban.lint.reading_problems import reported
from kanban.lint.rule import CARD, ERROR, Rule

RULE = Rule("KB101", "unreadable-file", CARD, ERROR, reported("unreadable-file"), __doc__)
