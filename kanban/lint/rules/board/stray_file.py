"""A column's folder holds cards and its banner only.

Why: a file that is no card is invisible on the board; a card saved with the wrong ending is lost without a sign.

Flags: a text file in a column's folder that is neither a card (`.md`) nor the banner `README.md`.

Cure: rename it to end in `.md`, or move it out of the column.

Bad:

    == offer/acme.yml
    account: ACME

Good:

    == offer/acme.md
    ---
    account: ACME
    ---
"""

from kanban.i18n import _
from kanban.lint.finding import Hit
from kanban.lint.rule import BOARD, WARNING, Hits, LintContext, rule


@rule("KB302", "stray-file", BOARD, WARNING)
def check(context: LintContext) -> Hits:
    for stray in context.board.strays:
        file = context.board.files.get(stray.path)
        if stray.reason == "not-a-card" and (file is None or file.note not in ("symlink", "submodule")):
            message = _("{path} stands in a column and is no card").format(path=stray.path)
            yield Hit(stray.path, 1, 1, message, _("end its name in `.md`, or move it out of the column"))
