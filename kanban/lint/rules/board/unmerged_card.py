"""No card is left between two versions of a merge.

Why: two people moved or edited one card; until somebody decides, it stands in two places or in none.

Flags: a card that git's index holds in several versions, and one on which the merge under review would conflict.

Cure: choose the column and the text, then `kanban resolve CARD COLUMN`, or edit and `git add` the right file.

Bad:

    == offre/acme.md (unmerged)
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

RULE = Rule("KB307", "unmerged-card", CARD, ERROR, reported("unmerged-card"), __doc__)
