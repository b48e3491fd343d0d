"""A file that is kept belongs to a card.

Why: nobody finds a file whose card is gone, and nobody thinks of it when a person asks to be forgotten.

Flags: a file in `files/` that is in no folder of a card's name.

Cure: `kanban attach CARD FILE` keeps it for a card; then delete the other copy.

Bad:

    == files/acme/brief.pdf
    Two pages.

Good:

    == prospects/acme.md
    ---
    account: ACME
    ---
    == files/acme/brief.pdf
    Two pages.
"""

from kanban.i18n import _
from kanban.lint.finding import Hit
from kanban.lint.rule import BOARD, WARNING, Hits, LintContext, pathspec, rule, typed


@rule("KB714", "orphan-file", BOARD, WARNING)
def check(context: LintContext) -> Hits:
    board = context.board
    for card, files in board.attachments.items():
        if card and board.find(card) is not None:
            continue
        current = board.renames.get(card)
        for one in files:
            message = _("{path} belongs to no card").format(path=one.path)
            if current is None:
                cure = _("`kanban attach CARD {path}` keeps it for one; then `git rm {place}`").format(
                    path=typed(one.path), place=pathspec(context, one.path)
                )
            else:
                cure = _("its card is now {name}: `kanban attach {card} {path}`, then `git rm {place}`").format(
                    name=current, card=typed(current), path=typed(one.path), place=pathspec(context, one.path)
                )
            yield Hit(one.path, 1, 1, message, cure)
