"""A micro-rule tried for two weeks is decided on.

Why: an experiment that nobody ends becomes a habit that nobody chose.

Flags: a ticket in `experiments/` that started 14 days ago or earlier and has no `decision` (keep, adjust or drop).

Cure: look at its indicator in the weekly review and write the decision.

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

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from kanban.i18n import _
from kanban.lint.finding import Hit
from kanban.lint.rule import CARD, WARNING, LintContext, Rule
from kanban.model.document import parse_document
from kanban.model.reading import read_card_when

FOLDER = "experiments/"
DAYS = 14


def check(context: LintContext) -> Iterator[Hit]:
    language = context.board.config.language
    for path, file in sorted(context.board.files.items()):
        if not path.startswith(FOLDER) or not path.endswith(".md") or file.data is None:
            continue
        document = parse_document(file.data)
        start, decision = document.get("start"), document.get("decision")
        if start is None or (decision is not None and decision.text):
            continue
        day = read_card_when(start.text, language=language, anchor=context.today).value
        if day is not None and day.day + timedelta(days=DAYS) <= context.today:
            message = _("the experiment begun on {date} waits for its decision").format(date=day.day.isoformat())
            cure = _("write `decision: keep`, `adjust` or `drop`")
            yield Hit(path, start.line, start.column, message, cure, key="decision")


RULE = Rule("KB529", "experiment-due", CARD, WARNING, check, __doc__, timed=True)
