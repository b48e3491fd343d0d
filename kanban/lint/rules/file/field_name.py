"""Names of fields are plain words.

Why: the names are used on the command line and in board.yml; accents and spaces cannot be typed there.

Flags: a key with spaces, accents or signs.

Cure: letters without accents, digits, `_` and `-`, beginning with a letter.

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

from kanban.lint.reading_problems import reported
from kanban.lint.rule import CARD, ERROR, Rule

RULE = Rule("KB109", "field-name", CARD, ERROR, reported("field-name"), __doc__)
