"""No byte order mark begins the file.

Why: some editors on Windows put one there; other tools then do not see the `---` and take the whole card for prose.

Flags: the bytes EF BB BF at the start of a card.

Cure: `kanban lint --fix`, or save as "UTF-8 without BOM".

Bad:

    == prospects/acme.md (byte order mark)
    ---
    account: ACME
    ---

Good:

    == prospects/acme.md
    ---
    account: ACME
    ---
"""

from __future__ import annotations

from kanban.i18n import N_
from kanban.lint.reading_problems import reported
from kanban.lint.rule import CARD, SAFE, WARNING, Rule

NAME = "byte-order-mark"


def without_mark(data: bytes | None) -> bytes | None:
    """The file without its byte order mark."""
    return None if data is None else data.removeprefix(b"\xef\xbb\xbf")


CHECK = reported(NAME, N_("remove the byte order mark"), without_mark)
RULE = Rule("KB115", NAME, CARD, WARNING, CHECK, __doc__, fix=SAFE)
