"""No card holds a bank account.

Why: a card is read by the whole team and stays in git's history for ever; a bank account belongs into the accounting
system.

Flags: a text that is an IBAN, its check digits right.

Cure: remove it; if it was pushed already, say so to whoever looks after personal data: it stays in the history.

Bad:

    == offer/acme.md
    ---
    account: ACME
    ---

    Refund to FR14 2004 1010 0505 0001 3M02 606.

Good:

    == offer/acme.md
    ---
    account: ACME
    ---

    The refund goes through accounting.
"""

import re

from kanban.i18n import _
from kanban.lint.facts.privacy import digits_like, private_hits
from kanban.lint.rule import CARD, ERROR, Hits, LintContext, rule

_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[ \u00a0]?[A-Z0-9]{1,4}){3,8}(?![A-Za-z0-9])")

_MAY = digits_like(b"AA00", spaced=False)


@rule("KB601", "bank-account", CARD, ERROR)
def check(context: LintContext) -> Hits:
    for card, found in private_hits(context, _IBAN, is_iban, _MAY):
        message = _("a bank account stands here: {text}").format(text=found.masked)
        yield found.hit(card, message, _("remove it; it belongs into the accounting system"))


def is_iban(text: str) -> bool:
    """Whether the check digits are right (ISO 13616: the number, rearranged, is 1 modulo 97)."""
    plain = re.sub(r"[ \u00a0]", "", text)
    if not 15 <= len(plain) <= 34:
        return False
    digits = "".join(str(int(character, 36)) for character in plain[4:] + plain[:4])
    return int(digits) % 97 == 1
