"""Values are written out.

Why: anchors, aliases and tags make a value mean what stands elsewhere, or what a program makes of it; a small file
can unfold into gigabytes.

Flags: `&name`, `*name` and `!tag` in front matter.

Cure: write the value itself; quote a text that begins with one of these signs.

Bad:

    == prospects/acme.md
    ---
    account: &customer ACME
    title: *customer
    ---

Good:

    == prospects/acme.md
    ---
    account: ACME
    title: ACME
    ---
"""

from kanban.lint.reading_problems import reported
from kanban.lint.rule import CARD, ERROR, Rule

RULE = Rule("KB112", "yaml-reference", CARD, ERROR, reported("yaml-reference"), __doc__)
