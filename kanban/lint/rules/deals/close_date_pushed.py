"""A close date that was pushed again and again is talked about.

Why: a deal pushed three times closes far less often than one that was not; it needs a decision, not a new date.

Flags: an open card whose close date was moved to a later month `policies.close_date_pushes` (3) times or more.

Cure: agree a deadline of the decision with the customer, requalify or park the card.

Bad:

    == negotiation/acme.md
    ---
    account: ACME
    close_date: 2026-11-20
    ---
    == history
    2026-06-01 acme to negotiation
    == edited 2026-06-02 acme
    ---
    close_date: 2026-07-10
    ---
    == edited 2026-07-10 acme
    ---
    close_date: 2026-08-28
    ---
    == edited 2026-08-28 acme
    ---
    close_date: 2026-09-30
    ---
    == edited 2026-09-30 acme
    ---
    close_date: 2026-11-20
    ---

Good:

    == negotiation/acme.md
    ---
    account: ACME
    close_date: 2026-11-20
    ---
    == history
    2026-06-01 acme to negotiation
    == edited 2026-06-02 acme
    ---
    close_date: 2026-07-10
    ---
    == edited 2026-07-10 acme
    ---
    close_date: 2026-11-20
    ---
"""

from kanban.i18n import _
from kanban.lint.rule import CARD, HISTORY, VERSIONS, WARNING, Hits, LintContext, at, rule, typed
from kanban.metrics.cards.slip import may_be_pushed, slip_of


@rule("KB520", "close-date-pushed", CARD, WARNING, needs=(HISTORY, VERSIONS))
def check(context: LintContext) -> Hits:
    if context.history is None or context.versions is None:
        return
    limit = context.board.config.policies.close_date_pushes
    for card in context.board.open_cards:
        blobs = [event.blob for event in context.history.texts_of(card.id)]
        if not may_be_pushed(context.versions, blobs, "close_date", limit):
            continue
        versions = map(context.versions.get, blobs)
        dates = [version.close_date for version in versions if version is not None]
        slip = slip_of(card.id, dates, card.close_date, limit)
        if slip is not None and slip.flagged and slip.current is not None:
            message = _("the close date of {card} was pushed {count} times").format(card=card.label, count=slip.pushes)
            cure = _("agree when the customer decides, requalify, or `kanban park {card}`").format(card=typed(card.id))
            yield at(card, "close_date", message, cure)
