"""No character hides.

Why: a zero-width space makes two equal names different; a direction mark can turn the digits of an amount around.

Flags: control characters, direction marks and invisible spaces, typed or written as an escape.

Cure: delete it and type the words around it again; `kanban lint --fix --unsafe-fixes` deletes it.

Bad:

    == offer/acme.md (zero-width space)
    ---
    account: ACME
    ---

Good:

    == offer/acme.md
    ---
    account: ACME
    ---
"""

from kanban.i18n import _
from kanban.lint.reading_problems import hits_of
from kanban.lint.rule import CARD, ERROR, UNSAFE, Hits, LintContext, rule
from kanban.model.text.characters import next_suspect


def without_hidden(data: bytes | None) -> bytes | None:
    """The file without the characters that nobody sees; the same bytes when they are not text."""
    if data is None:
        return None
    try:
        text, kept, position = data.decode("utf-8"), [], 0
    except UnicodeDecodeError:
        return data
    while (found := next_suspect(text, position)) is not None:
        alone = found.start() == 0 and found.group() == "\ufeff"
        kept.append(text[position : found.end() if alone else found.start()])
        position = found.end()
    return "".join([*kept, text[position:]]).encode("utf-8")


@rule("KB114", "hidden-character", CARD, ERROR, fix=UNSAFE)
def check(context: LintContext) -> Hits:
    return hits_of(context, "hidden-character", _("delete the invisible characters"), without_hidden, safe=False)
