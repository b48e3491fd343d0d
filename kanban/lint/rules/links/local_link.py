"""Links lead where a colleague can follow.

Why: a file on your own disk is nobody else's.

Flags: a link to `file:`, to a path from the root of a disk, or to a drive letter, in a card's notes or fields.

Cure: put the file where the team can reach it, and link there.

Bad:

    == offer/acme.md
    ---
    account: ACME
    ---

    [The offer](C:\\Users\\zoe\\Desktop\\offer.pdf)

Good:

    == offer/acme.md
    ---
    account: ACME
    ---

    [The offer](https://files.example.org/acme/offer.pdf)
"""

import re

from kanban.i18n import _
from kanban.lint.facts.privacy import found_in
from kanban.lint.rule import CARD, WARNING, Hits, LintContext, rule

_LOCAL = re.compile(r"(?<![\w/])(?:file:/{2,3}\S+|[A-Za-z]:\\\S+|\](?:\()(?:/|~/)\S*\))")


def _may(text: str) -> bool:
    """Whether the pattern may be found in a text: a quick look, as most cards hold none."""
    return "file:/" in text or ":\\" in text or "](" in text


@rule("KB705", "local-link", CARD, WARNING)
def check(context: LintContext) -> Hits:
    for card in context.board.cards:
        text = card.text
        for found in found_in(text, 1, _LOCAL) if _may(text) else ():
            message = _("the link {text} works on one computer only").format(text=found.text.removeprefix("]"))
            yield found.hit(card, message, _("put the file where the team can reach it, and link there"))
