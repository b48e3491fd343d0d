"""The block of fields is closed.

Why: without its second `---` line nobody can tell where the fields end and the notes begin.

Flags: a first `---` line without a second one, or a second one that cuts a text in two.

Cure: put `---` alone on a line after the last field.

Bad:

    == prospects/acme.md
    ---
    account: ACME

    Notes.

Good:

    == prospects/acme.md
    ---
    account: ACME
    ---

    Notes.
"""

from kanban.lint.reading_problems import reported
from kanban.lint.rule import CARD, ERROR, Rule

RULE = Rule("KB106", "unclosed-front-matter", CARD, ERROR, reported("unclosed-front-matter"), __doc__)
