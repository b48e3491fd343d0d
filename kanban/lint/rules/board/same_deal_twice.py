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

from collections import Counter
from collections.abc import Iterator

from kanban.i18n import _
from kanban.lint.rule import BOARD, WARNING, Hits, LintContext, at, rule, typed
from kanban.model.cards.board import plain
from kanban.model.cards.card import Card


@rule("KB310", "same-deal-twice", BOARD, WARNING)
def check(context: LintContext) -> Hits:
    first: dict[tuple[str, ...], Card] = {}
    accounts = [(plain(card.account), card) for card in context.board.open_cards if card.account]
    often = Counter(account for account, _card in accounts)
    for account, card in accounts:
        for mark in _marks(account, card) if often[account] > 1 else ():
            other = first.setdefault(mark, card)
            if other.id != card.id:
                message = _("{card} and {other} look like one deal").format(card=card.id, other=other.id)
                cure = _("keep one of the two; `kanban park {card}` the other").format(card=typed(card.id))
                yield at(card, "account", message, cure, detail=other.id)
                break


def _marks(account: str, card: Card) -> Iterator[tuple[str, ...]]:
    """What two cards of one account have in common when they are one deal."""
    if card.title != card.id and plain(card.title) != account:
        yield "title", account, plain(card.title)
    if card.contact and card.amount is not None:
        yield "amount", account, plain(card.contact), str(card.amount)
