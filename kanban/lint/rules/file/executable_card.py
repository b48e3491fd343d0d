"""A card is no program.

Why: a file copied from a shared drive often carries the execute bit; it shows in every diff as a change of mode.

Flags: a card whose file is executable.

Cure: `git update-index --chmod=-x FILE`, and `chmod -x FILE`.

Bad:

    == prospects/acme.md (executable)
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
from kanban.lint.rule import CARD, WARNING, Hits, LintContext, at_line, rule, typed
from kanban.model.cards.boardfile import EXECUTABLE_MODE


@rule("KB118", "executable-card", CARD, WARNING)
def check(context: LintContext) -> Hits:
    for card in context.board.cards:
        if card.mode == EXECUTABLE_MODE:
            cure = _("`chmod -x {path}` and `git update-index --chmod=-x {path}`").format(path=typed(card.path))
            yield at_line(card, 1, 1, _("{path} is marked as a program").format(path=card.path), cure)
