"""A card in a column meets that column's Definition of Ready.

Why: a meeting without an agenda or an offer without a price comes back; it is cheaper to be ready before.

Flags: each line of the column's `dor:` that the card does not meet: a tick that is missing, a field that is empty.
With `policies.ready: warn` it only warns, with `off` it is silent. That a date lies ahead is asked at the moment of
entry only.

Cure: do what is missing, then `kanban tick CARD REQUIREMENT` or fill in the field; or move the card back.

Bad:

    == board.yml
    columns: [{key: prospects}, {key: meeting, dor: [agenda-sent]}]
    == meeting/acme.md
    ---
    account: ACME
    ---

Good:

    == board.yml
    columns: [{key: prospects}, {key: meeting, dor: [agenda-sent]}]
    == meeting/acme.md
    ---
    account: ACME
    dor: [agenda-sent]
    ---
"""

from kanban.i18n import _
from kanban.lint.rule import CARD, ERROR, WARNING, Hits, LintContext, at, rule
from kanban.pull.readiness import lacking_to_stay


@rule("KB511", "not-ready", CARD, ERROR)
def check(context: LintContext) -> Hits:
    mode = context.board.config.policies.ready
    severity = WARNING if mode == "warn" else ""
    for card in context.board.open_cards if mode != "off" else ():
        if not card.readable:
            continue
        column = context.board.column_of(card)
        for lack in lacking_to_stay(card, column):
            if card.has(lack.key) and lack.key not in card.values:
                continue  # written and unreadable: another rule tells that
            message = _("{card} is not ready for {column}: {lack}").format(
                card=card.label, column=column.title, lack=lack.message
            )
            detail = lack.requirement.id
            yield at(card, lack.key, message, f"`{lack.cure}`", detail=detail, severity=severity)
