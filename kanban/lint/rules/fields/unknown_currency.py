"""Every currency exists, and a card has one.

Why: amounts of two currencies are never added; one in a currency nobody knows is in no sum.

Flags: a `currency:` that is no ISO 4217 code, a sign beside an amount that is neither currency nor scale, and an
amount whose own currency contradicts the card's `currency:`.

Cure: write the three letters, such as EUR, USD or CHF, and keep one of the two.

Bad:

    == offer/acme.md
    ---
    account: ACME
    amount: 30000 €
    currency: USD
    ---

Good:

    == offer/acme.md
    ---
    account: ACME
    amount: 30000 USD
    currency: USD
    ---
"""

from kanban.i18n import _
from kanban.lint.rule import CARD, ERROR, Hits, LintContext, at, rule
from kanban.model.typed.read import CODES, shown


@rule("KB203", "unknown-currency", CARD, ERROR)
def check(context: LintContext) -> Hits:
    for card in context.board.cards:
        code = card.get("currency").strip().upper()
        if not code:
            continue
        if code not in CODES:
            message = _("`{code}` is no currency").format(code=shown(card.get("currency")))
            yield at(card, "currency", message, _("write a code such as EUR, USD or CHF"))
        elif card.amount is not None and card.amount.currency != code:
            message = _("the amount is in {one}, the field `currency` says {other}").format(
                one=card.amount.currency, other=code
            )
            yield at(card, "currency", message, _("keep one of the two"), detail="contradiction")
