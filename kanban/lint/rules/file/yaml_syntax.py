"""The fields can be read as YAML.

Why: one unreadable line hides the whole card from every number.

Flags: a line YAML stumbles over, a second document, brackets nested without end.

Cure: usually quotes around a value that holds `: ` or `#`, or begins with one of `@ ` % & * ! | > [ {`.

Bad:

    == prospects/acme.md
    ---
    owner: @ana
    ---

Good:

    == prospects/acme.md
    ---
    owner: "@ana"
    ---
"""

from kanban.lint.reading_problems import reported
from kanban.lint.rule import CARD, ERROR, Rule

RULE = Rule("KB110", "yaml-syntax", CARD, ERROR, reported("yaml-syntax"), __doc__)
