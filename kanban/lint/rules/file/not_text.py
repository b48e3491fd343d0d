"""Every card is UTF-8 text.

Why: in another encoding, names lose their accents for half of the team; a zero byte makes git take the card for a
picture.

Flags: bytes that are not UTF-8, and zero bytes.

Cure: open the file and save it as UTF-8.

Bad:

    == offre/acme.md (latin-1)
    ---
    account: Société Générique
    ---

Good:

    == offre/acme.md
    ---
    account: Société Générique
    ---
"""

from kanban.lint.reading_problems import reported
from kanban.lint.rule import CARD, ERROR, Rule

RULE = Rule("KB102", "not-text", CARD, ERROR, reported("not-text"), __doc__)
