"""No character hides.

Why: a zero-width space makes two equal names different; a direction mark can turn the digits of an amount around.

Flags: control characters, direction marks and invisible spaces, typed or written as an escape.

Cure: delete it and type the words around it again; `kanban lint --fix --unsafe-fixes` deletes it.

Bad:

    == offre/acme.md (zero-width space)
    ---
    account: ACME
    ---

Good:

    == offre/acme.md
    ---
    account: ACME
    ---
"""

from __future__ import annotations

from kanban.i18n import N_
from kanban.lint.reading_problems import reported
from kanban.lint.rule import CARD, ERROR, UNSAFE, Rule
from kanban.model.text.characters import next_suspect

NAME = "hidden-character"


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


CHECK = reported(NAME, N_("delete the invisible characters"), without_hidden, safe=False)
RULE = Rule("KB114", NAME, CARD, ERROR, CHECK, __doc__, fix=UNSAFE)
