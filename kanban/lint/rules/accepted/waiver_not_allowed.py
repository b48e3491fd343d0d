"""Limits and duplicates are waived by the board, not by a card.

Why: a WIP limit belongs to the team. An exception to it stands in board.yml, where everybody sees it in review.

Flags: a card's `lint_ignore` that names a rule which only `board.yml` may waive.

Cure: agree it with the team and write it under `lint: waivers:` in board.yml, or finish a card.

Bad:

    == offer/acme.md
    ---
    account: ACME
    lint_ignore: ["wip-exceeded until 2026-12-31: the fair"]
    ---

Good:

    == board.yml
    columns: [{key: prospects}, {key: offer, wip: 8}]
    lint:
      waivers:
        - {rule: wip-exceeded, path: offer, until: 2026-12-31, reason: the fair}
"""

from kanban.i18n import _
from kanban.lint.rule import AUDIT, CARD, ERROR, Hits, LintContext, rule
from kanban.lint.waivers.comments import waiver_hit, waivers_with


@rule("KB004", "waiver-not-allowed", CARD, ERROR, needs=(AUDIT,), waivable="board")
def check(context: LintContext) -> Hits:
    for waiver in waivers_with(context, "not-allowed"):
        message = _("a card cannot waive {rule}").format(rule=waiver.rule)
        cure = _("if the team agrees, write it under `lint: waivers:` in board.yml")
        yield waiver_hit(waiver, message, cure)
