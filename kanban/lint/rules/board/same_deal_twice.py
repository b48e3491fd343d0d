"""A deal has one card.

Why: two cards for one deal are two people calling one customer, and the amount counts twice.

Flags: open cards with the same account and the same title, or the same account, contact and amount.

Cure: keep one, move the notes over, and park or delete the other with a reason.

Bad:

    == offer/acme-sso.md
    ---
    title: SSO
    account: ACME
    ---
    == prospects/acme-fair.md
    ---
    title: SSO
    account: ACME
    ---

Good:

    == offer/acme-sso.md
    ---
    title: SSO
    account: ACME
    ---
    == prospects/acme-fair.md
    ---
    title: Support contract
    account: ACME
    ---
"""

from collections.abc import Iterator

from kanban.i18n import _
from kanban.lint.rule import BOARD, WARNING, Hits, LintContext, at, rule, typed
from kanban.model.cards.board import plain
from kanban.model.cards.card import Card


@rule("KB310", "same-deal-twice", BOARD, WARNING)
def check(context: LintContext) -> Hits:
    first: dict[tuple[str, ...], Card] = {}
    for card in context.board.open_cards:
        for mark in _marks(card):
            other = first.setdefault(mark, card)
            if other.id != card.id:
                message = _("{card} and {other} look like one deal").format(card=card.id, other=other.id)
                cure = _("keep one of the two; `kanban park {card}` the other").format(card=typed(card.id))
                yield at(card, "account", message, cure, detail=other.id)
                break


def _marks(card: Card) -> Iterator[tuple[str, ...]]:
    if not card.account:
        return
    account = plain(card.account)
    if card.title != card.id and plain(card.title) != account:
        yield "title", account, plain(card.title)
    if card.contact and card.amount is not None:
        yield "amount", account, plain(card.contact), str(card.amount)
