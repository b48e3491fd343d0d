"""The baseline holds what is still wrong, and nothing else.

Why: an entry that fits nothing any more would hide the same mistake when it comes back.

Flags: an entry of the baseline file that fits fewer findings than it says; mildly, one whose last day has passed, since
what it accepted is told again.

Cure: `kanban lint --prune-baseline FILE` leaves what is still found and accepts nothing new.

Bad:

    == baseline
    {"code": "KB501", "subject": "card:acme", "field": "next_action", "detail": ""}
    == offer/acme.md
    ---
    account: ACME
    next_action: call Ana
    next_action_date: 2026-10-08
    ---

Good:

    == baseline
    {"code": "KB501", "subject": "card:acme", "field": "next_action", "detail": ""}
    == offer/acme.md
    ---
    account: ACME
    ---
"""

from kanban.i18n import _
from kanban.lint.finding import Hit
from kanban.lint.rule import AUDIT, BOARD, ERROR, WARNING, Hits, LintContext, rule
from kanban.paper.plain import typed


@rule("KB006", "stale-baseline", BOARD, ERROR, needs=(AUDIT,), waivable=BOARD)
def check(context: LintContext) -> Hits:
    if context.audit is None:
        return
    for entry in context.audit.stale:
        subject = entry.card or entry.subject.removeprefix("file:")
        message = _("the baseline accepts {code} on {subject}, which is settled").format(
            code=entry.code, subject=subject
        )
        over = WARNING if entry.expired(context.today) else ""
        if over and entry.until is not None:
            message = _("the baseline accepted {code} on {subject} until {day}: that day has passed").format(
                code=entry.code, subject=subject, day=entry.until.isoformat()
            )
        cure = _("`kanban lint --prune-baseline {path}`").format(path=typed(context.audit.baseline))
        yield Hit(context.audit.baseline, entry.line, 1, message, cure, key=entry.identity, severity=over)
