"""Fields are written as `key: value` lines.

Why: JSON and TOML front matter is not what the team's editors complete and git compares line by line.

Flags: front matter in braces, between `+++` lines or marked `json` or `toml`.

Cure: write one `key: value` a line between two `---` lines.

Bad:

    == prospects/acme.md
    +++
    account = "ACME"
    +++

Good:

    == prospects/acme.md
    ---
    account: ACME
    ---
"""

from kanban.lint.reading_problems import reported
from kanban.lint.rule import CARD, ERROR, Rule

RULE = Rule("KB107", "foreign-front-matter", CARD, ERROR, reported("foreign-front-matter"), __doc__)
