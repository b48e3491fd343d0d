"""A partner's request is answered in time.

Why: a partner who waits sends the next customer to somebody else.

Flags: an open card of a class with `sla_hours` that was not answered by the morning of today although so many hours
have passed since `received_at`; as a remark, one that was answered later than that.

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

from datetime import datetime, time, timedelta

from kanban.i18n import _
from kanban.lint.rule import CARD, INFO, WARNING, Hits, LintContext, at, rule, typed
from kanban.model.cards.card import Card
from kanban.model.typed.values import When


@rule("KB515", "partner-sla-missed", CARD, WARNING, timed=True)
def check(context: LintContext) -> Hits:
    for card in context.board.open_cards:
        service = context.board.config.class_of(card.service_class)
        received = card.values.get("received_at")
        if not service.sla_hours or not isinstance(received, When):
            continue
        until = _latest(received) + timedelta(hours=service.sla_hours)
        if _answered(card, context) > until:
            message = _("{card} was due an answer within {hours} h, by {moment}").format(
                card=card.label, hours=service.sla_hours, moment=f"{until:%Y-%m-%d %H:%M}"
            )
            if card.has("answered_at"):
                yield at(card, "answered_at", message, _("speak of it with the partner"), severity=INFO)
                continue
            cure = _("answer, then `kanban set {card} answered_at={day}`").format(
                card=typed(card.id), day=context.today.isoformat()
            )
            yield at(card, "received_at", message, cure)


def _answered(card: Card, context: LintContext) -> datetime:
    """When it was answered; the beginning of today when it was not."""
    answered = card.values.get("answered_at")
    if isinstance(answered, When):
        return datetime.combine(answered.day, answered.time or time.min)
    return datetime.combine(context.today, time.min)


def _latest(received: When) -> datetime:
    """The last moment that was meant: a day without an hour counts to its end, in the partner's disfavour."""
    return datetime.combine(received.day, received.time or time.max)
