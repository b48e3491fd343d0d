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

from kanban.i18n import _
from kanban.lint.reading_problems import hits_of
from kanban.lint.rule import CARD, SAFE, WARNING, Hits, LintContext, rule


def without_mark(data: bytes | None) -> bytes | None:
    """The file without its byte order mark."""
    return None if data is None else data.removeprefix(b"\xef\xbb\xbf")


@rule("KB115", "byte-order-mark", CARD, WARNING, fix=SAFE)
def check(context: LintContext) -> Hits:
    return hits_of(context, "byte-order-mark", _("remove the byte order mark"), without_mark)
