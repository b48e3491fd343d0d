"""No commit's date is taken for what it is not.

Why: numbers read what happened, and when, from commits. What one commit does to many cards is rather an import, a
clean-up or a bulk rename: thirty sales on one day, thirty clocks that start anew. A clock that runs wrong does the
same to a few.

Flags: a commit that creates five cards or more straight in an exit; that moves twenty or more, save to nurturing; that
removes five or more and creates as many under other names; that removes ten or more; that is dated more than a day
after it was made, or before what had happened to its cards.

Cure: name the commit in board.yml as an import: its cards count from their next event, and its moves have no date.
After renames write the old names under `formerly:` instead. A revert of a removal is as if nothing had been.

Bad:

    == board.yml
    columns: [{key: prospects}, {key: gagne, kind: won}]
    == history
    2026-09-21 acme,basalt,corail,dune,erable to gagne

Good:

    == board.yml
    columns: [{key: prospects}, {key: gagne, kind: won}]
    == history
    2026-09-21 acme to gagne
    2026-09-22 basalt to gagne
    2026-09-23 corail to gagne
    2026-09-24 dune to gagne
    2026-09-25 erable to gagne
"""

from kanban.lint.finding import Hit
from kanban.lint.rule import BOARD, HISTORY, WARNING, Hits, LintContext, rule
from kanban.metrics.base.track import track_of
from kanban.metrics.suspicion import suspicions_known
from kanban.metrics.suspicion_wording import suspicion_cure, suspicion_text
from kanban.model.settings.board_yml import BOARD_FILE


@rule("KB312", "suspicious-history", BOARD, WARNING, needs=(HISTORY,), waivable=BOARD, only_of=BOARD_FILE)
def check(context: LintContext) -> Hits:
    if context.history is None:
        return
    for one in suspicions_known(context.history, track_of(context.board.config), context.today):
        yield Hit(BOARD_FILE, 1, 1, suspicion_text(one), suspicion_cure(one), detail=f"{one.kind} {one.commit}")
