"""No formatter has taken the fields for prose.

Why: a Markdown formatter that knows no front matter turns `---` into a rule and the fields into a heading: the card
looks tidy and has lost everything.

Flags: a card without front matter that begins with a horizontal rule or with a heading made of `key: value` text.

Cure: `git restore` the card, and tell the formatter about front matter (for mdformat: the plugin
mdformat-front-matters).

Bad:

    == prospects/acme.md
    ______________________________________________________________________

    ## account: ACME next_action: call Ana

    Notes.

Good:

    == prospects/acme.md
    ---
    account: ACME
    next_action: call Ana
    ---

    Notes.
"""

import re

from kanban.i18n import _
from kanban.lint.rule import CARD, ERROR, Hits, LintContext, at_line, pathspec, rule
from kanban.model.cards.card import Card

_RULE_THEN_FIELDS = re.compile(r"\s*(?:[_*-][ \t]*){3,}\r?\n\s*#{1,6}[ \t]+[a-z][a-z0-9_]*:[ \t]")
_FIELDS_AS_HEADING = re.compile(r"\s*#{1,6}[ \t]+[a-z][a-z0-9_]*:[ \t]\S.*[ \t][a-z][a-z0-9_]*:[ \t]")


def is_damaged(card: Card) -> bool:
    """Whether the card begins like one that a formatter has rewritten."""
    return not card.written and bool(_RULE_THEN_FIELDS.match(card.text) or _FIELDS_AS_HEADING.match(card.text))


@rule("KB104", "formatter-damage", CARD, ERROR)
def check(context: LintContext) -> Hits:
    for card in context.board.cards:
        if is_damaged(card):
            message = _("a formatter has turned the fields of {card} into a heading").format(card=card.id)
            cure = _("`git restore {path}`, then teach the formatter front matter or keep it off cards")
            yield at_line(card, 1, 1, message, cure.format(path=pathspec(context, card.path)))
