"""A card's file name is plain: small letters, digits and hyphens.

Why: the name is what people type after `kanban move`; capitals, spaces and accents clash between Windows, macOS and
Linux.

Flags: a card whose file name holds anything else, or is longer than 60 characters.

Cure: `kanban rename OLD NEW`, which keeps the card's past.

Bad:

    == prospects/Société ACME.md
    ---
    account: ACME
    ---

Good:

    == prospects/societe-acme.md
    ---
    account: ACME
    ---
"""

import re

from kanban.i18n import _
from kanban.lint.rule import CARD, WARNING, Hits, LintContext, at_line, rule, typed
from kanban.model.cards.board import plain

_PLAIN = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")


def plain_name(name: str) -> str:
    """The nearest plain name."""
    return re.sub(r"[^a-z0-9._]+", "-", plain(name)).strip("-._")[:60].rstrip("-._") or "card"


@rule("KB117", "file-name", CARD, WARNING)
def check(context: LintContext) -> Hits:
    for card in context.board.cards:
        if not _PLAIN.fullmatch(card.id):
            message = _("the file name “{name}” is hard to type and clashes between systems").format(name=card.id)
            cure = _("`kanban rename {old} {new}`").format(old=typed(card.id), new=plain_name(card.id))
            yield at_line(card, 1, 1, message, cure)
