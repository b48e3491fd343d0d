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

from collections.abc import Iterator
from dataclasses import replace

from kanban.i18n import _
from kanban.lint.finding import Fix, Hit
from kanban.lint.reading_problems import hits_of
from kanban.lint.rule import CARD, SAFE, WARNING, LintContext, Rule

NAME = "byte-order-mark"


def without_mark(data: bytes | None) -> bytes | None:
    """The file without its byte order mark."""
    return None if data is None else data.removeprefix(b"\xef\xbb\xbf")


def check(context: LintContext) -> Iterator[Hit]:
    for hit in hits_of(context, NAME):
        yield replace(hit, fix=Fix(hit.path, _("remove the byte order mark"), without_mark))


RULE = Rule("KB115", NAME, CARD, WARNING, check, __doc__, fix=SAFE)
