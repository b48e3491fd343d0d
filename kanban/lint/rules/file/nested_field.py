"""Fields are flat: one value or a simple list.

Why: nested fields cannot be changed by one line, are dropped by property editors, and mean nothing to the board.

Flags: a field that holds fields or lists of lists, front matter that is a list or a single text. A text with a colon
and a space inside needs quotes, or YAML reads it as a field.

Cure: write `contact_name:` and `contact_phone:` instead of a `contact:` with fields inside; put quotes around `a:
b`.

Bad:

    == prospects/acme.md
    ---
    contact:
      name: Ana
    ---

Good:

    == prospects/acme.md
    ---
    contact: Ana
    ---
"""

from kanban.lint.reading_problems import reported
from kanban.lint.rule import CARD, ERROR, Rule

RULE = Rule("KB108", "nested-field", CARD, ERROR, reported("nested-field"), __doc__)
