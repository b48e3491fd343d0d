"""A card stands in one place only.

Why: a card in two columns is counted twice and nobody knows which copy is true. It happens when a moved file is
copied, or when only half of a move is committed.

Flags: two files with the same name, whatever their folders.

Cure: `kanban resolve CARD COLUMN` makes them one, with the notes of both; rename one if they are two deals.

Bad:

    == offer/acme.md
    ---
    account: ACME
    ---
    == negotiation/acme.md
    ---
    account: ACME
    ---

Good:

    == negotiation/acme.md
    ---
    account: ACME
    ---
"""

from kanban.i18n import _
from kanban.lint.finding import Hit
from kanban.lint.rule import BOARD, ERROR, Hits, LintContext, rule, typed


@rule("KB303", "duplicate-id", BOARD, ERROR, waivable=BOARD)
def check(context: LintContext) -> Hits:
    for card_id, copies in sorted(context.board.duplicates.items()):
        if any(problem.code == "unmerged" for copy in copies for problem in copy.problems):
            continue  # the two sides of a merge: KB307 says how to settle them
        first = copies[0]
        for copy in copies[1:]:
            message = _("“{card}” stands twice: in {first} and in {copy}").format(
                card=card_id, first=first.path, copy=copy.path
            )
            cure = _("`kanban resolve {card} {column}` makes them one; if they are two deals, rename one").format(
                card=typed(card_id), column=first.column
            )
            if first.column == copy.column:
                cure = _("give one of the two files another name, or take what it says into the other")
            yield Hit(copy.path, 1, 1, message, cure, card=card_id)
