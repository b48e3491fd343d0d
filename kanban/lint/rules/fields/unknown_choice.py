"""A field with a closed list holds one of its words.

Why: a class of service nobody knows is treated as Standard, and its promise is not kept.

Flags: a `class:`, `risk:` or declared choice whose text is not in its list. Lost reasons have a rule of their own,
KB505.

Cure: take the word that is proposed.

Bad:

    == offre/acme.md
    ---
    account: ACME
    class: expedit
    ---

Good:

    == offre/acme.md
    ---
    account: ACME
    class: expedite
    ---
"""

from kanban.lint.reading_problems import reported
from kanban.lint.rule import CARD, ERROR, Rule

RULE = Rule("KB206", "unknown-choice", CARD, ERROR, reported("unknown-choice"), __doc__)
