"""A micro-rule tried for two weeks is decided on.

Why: an experiment that nobody ends becomes a habit that nobody chose.

Flags: a ticket in `experiments/` whose weeks (2 unless it says otherwise) are over and that has no `decision` (keep,
adjust or drop).

Cure: look at its indicator (`kanban experiment show`) in the weekly review and record the decision.

Bad:

    == experiments/agenda-before-noon.md
    ---
    problem: meetings cancelled
    rule: agenda sent before noon the day before
    start: 2026-09-14
    ---

Good:

    == experiments/agenda-before-noon.md
    ---
    problem: meetings cancelled
    rule: agenda sent before noon the day before
    start: 2026-09-14
    decision: keep
    ---
"""

from kanban.experiments.ticket import due_experiments
from kanban.i18n import _
from kanban.lint.finding import Hit
from kanban.lint.rule import CARD, WARNING, Hits, LintContext, rule
from kanban.model.text.cardfile import parse_document
from kanban.paper.plain import typed


@rule("KB529", "experiment-due", CARD, WARNING, timed=True)
def check(context: LintContext) -> Hits:
    board = context.board
    for ticket in due_experiments(board.files, context.today, language=board.config.language):
        start = parse_document(board.files[ticket.path].data or b"").get("start")
        if start is not None and ticket.start is not None:
            message = _("the experiment begun on {date} waits for its decision").format(date=ticket.start.isoformat())
            cure = _("type `kanban experiment decide {id} keep`, or `adjust`, or `drop`").format(id=typed(ticket.id))
            yield Hit(ticket.path, start.line, start.column, message, cure, key="decision")
