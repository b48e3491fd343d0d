"""No card holds the number of a payment card.

Why: whoever can read the board could pay with it, and git never forgets.

Flags: a number of 13 to 19 digits with the form of a payment card, its check digit right.

Cure: remove it; have the card blocked if the board was shared.

Bad:

    == offer/acme.md
    ---
    account: ACME
    ---

    Paid with 4111 1111 1111 1111.

Good:

    == offer/acme.md
    ---
    account: ACME
    ---

    Order number 4111 1111 1111 1112.
"""

import re

from kanban.i18n import _
from kanban.lint.facts.privacy import digits_like, private_hits
from kanban.lint.rule import CARD, ERROR, Hits, LintContext, rule

_NUMBER = re.compile(
    r"(?i:\b(?:contra(?:t|ct)|commande|order|devis|quote|facture|invoice|dossier|référence|reference|réf|ref|ticket"
    r"|siren|siret|client|customer|n° client)\b[^\d\n]{0,12})?"  # what is named is no payment card
    r"(?<![\w.,-])[2-6]\d{3}(?:[ \u00a0-]?\d{4}){2}[ \u00a0-]?\d{1,7}(?![\w-])"
)
_MAY = digits_like(b"0" * 12)


@rule("KB602", "payment-card", CARD, ERROR)
def check(context: LintContext) -> Hits:
    for card, found in private_hits(context, _NUMBER, is_card_number, _MAY):
        message = _("the number of a payment card stands here: {text}").format(text=found.masked)
        yield found.hit(card, message, _("remove it, and have the card blocked if the board was shared"))


def is_card_number(text: str) -> bool:
    """Whether the check digit is right (Luhn, ISO/IEC 7812): every second digit from the right doubled.

    A number that is called a contract's, an order's or the like is none.
    """
    if not text[:1].isdigit():
        return False
    digits = [int(character) for character in re.sub(r"\D", "", text)][::-1]
    doubled = (sum(divmod(2 * digit, 10)) if at % 2 else digit for at, digit in enumerate(digits))
    return 13 <= len(digits) <= 19 and sum(doubled) % 10 == 0
