"""No merge is left half done.

Why: both versions stand in the card, and the board shows neither.

Flags: lines beginning with `<<<<<<<`, `=======`, `|||||||` or `>>>>>>>`.

Cure: keep the lines that are right and delete the others with the markers.

Bad:

    == offre/acme.md
    ---
    <<<<<<< HEAD
    amount: 28000
    =======
    amount: 30000
    >>>>>>> zoe
    ---

Good:

    == offre/acme.md
    ---
    amount: 30000
    ---
"""

from kanban.lint.reading_problems import reported
from kanban.lint.rule import CARD, ERROR, Rule

RULE = Rule("KB113", "conflict-marker", CARD, ERROR, reported("conflict-marker"), __doc__)
