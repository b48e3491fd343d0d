"""Links lead where a colleague can follow.

Why: a file on your own disk is nobody else's.

Flags: a link to `file:`, to a path from the root of a disk, or to a drive letter, in a card's notes or fields.

Cure: put the file where the team can reach it, and link there.

Bad:

    == offre/acme.md
    ---
    account: ACME
    ---

    [The offer](C:\\Users\\zoe\\Desktop\\offer.pdf)

Good:

    == offre/acme.md
    ---
    account: ACME
    ---

    [The offer](https://files.example.org/acme/offer.pdf)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kanban.i18n import _
from kanban.lint.facts.privacy import found_in
from kanban.lint.finding import Hit
from kanban.lint.rule import CARD, WARNING, LintContext, Rule

_LOCAL = re.compile(r"(?<![\w/])(?:file:/{2,3}\S+|[A-Za-z]:\\\S+|\](?:\()(?:/|~/)\S*\))")


def check(context: LintContext) -> Iterator[Hit]:
    for card in context.board.cards:
        for found in found_in(card.text, 1, _LOCAL):
            message = _("the link {text} works on one computer only").format(text=found.text.removeprefix("]"))
            yield found.hit(card, message, _("put the file where the team can reach it, and link there"))


RULE = Rule("KB705", "local-link", CARD, WARNING, check, __doc__)
