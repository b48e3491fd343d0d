"""A field says something, or is empty.

Why: "TBD" fills the field and answers nothing; the next person believes it was thought about.

Flags: a field that is `TBD`, `TODO`, `???`, `xxx`, `à définir`, `n/a` or the like, and nothing else, on an open
card.

Cure: find out, or leave the field empty.

Bad:

    == offer/acme.md
    ---
    account: ACME
    next_action: TBD
    next_action_date: 2026-10-08
    ---

Good:

    == offer/acme.md
    ---
    account: ACME
    next_action: ask Ana who signs
    next_action_date: 2026-10-08
    ---
"""

import re

from kanban.i18n import _
from kanban.lint.rule import CARD, ERROR, WARNING, Hits, LintContext, at, rule
from kanban.model.cards.board import plain
from kanban.model.text.front.front_fields import joined, texts_of

WORDS = frozenset(
    {"tbd", "tba", "tbc", "todo", "to do", "fixme", "xx", "xxx", "na", "n/a", "n.a", "none", "unknown", "not known"}
    | {"placeholder", "lorem ipsum", "inconnu", "neant", "aucun", "aucune"}
    | {"a voir", "a definir", "a completer", "a preciser", "a remplir", "a faire"}
)
_MARKS = re.compile(r"[?.…_\-–—*]+")


@rule("KB523", "placeholder-text", CARD, WARNING)
def check(context: LintContext) -> Hits:
    for card in context.board.open_cards:
        for key, value in card.written.items():
            if any(is_placeholder(text) for text in texts_of(value)):
                message = _("`{key}: {text}` says nothing").format(key=key, text=joined(value))
                severity = ERROR if key == "next_action" else WARNING
                yield at(card, key, message, _("find out, or leave it empty"), severity=severity)


def is_placeholder(text: str) -> bool:
    """Whether a text only holds a place."""
    words = plain(text).strip(" .!<>[]()…")
    return words in WORDS or bool(_MARKS.fullmatch(text.strip()))
