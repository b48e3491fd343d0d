"""A partner's request is answered in time.

Why: a partner who waits sends the next customer to somebody else.

Flags: an open card of a class with `sla_hours` whose answer was due before today and was not given; as a remark, one
that was answered after it was due. The hours run from `received_at`, a day without an hour from its start; then the
answer is due by the end of the day on which they are over.

Cure: answer now and write the moment: `kanban set CARD answered_at=…`.

Bad:

    == prospects/acme.md
    ---
    account: ACME
    class: partner
    received_at: 2026-10-01T09:00
    ---

Good:

    == prospects/acme.md
    ---
    account: ACME
    class: partner
    received_at: 2026-10-01T09:00
    answered_at: 2026-10-01T17:30
    ---
"""

from kanban.i18n import _
from kanban.lint.rule import CARD, INFO, WARNING, Hits, LintContext, at, rule, typed
from kanban.pull.sla import promise_of


@rule("KB515", "partner-sla-missed", CARD, WARNING, timed=True)
def check(context: LintContext) -> Hits:
    for card in context.board.open_cards:
        promise = promise_of(context.board, card)
        if promise is None or not (promise.is_broken or promise.is_missed(context.today)):
            continue
        message = _("{card} was due an answer within {hours} h, by {moment}").format(
            card=card.label, hours=promise.hours, moment=promise.due.isoformat().replace("T", " ")
        )
        if promise.is_broken:
            yield at(card, "answered_at", message, _("speak of it with the partner"), severity=INFO)
            continue
        cure = _("answer, then `kanban set {card} answered_at={day}`").format(
            card=typed(card.id), day=context.today.isoformat()
        )
        yield at(card, "received_at", message, cure)
