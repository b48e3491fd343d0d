"""No card holds a social security number.

Why: the number tells sex, birth and origin of a person; a sales board has no reason to know it.

Flags: a French NIR whose key is right.

Cure: remove it; tell whoever looks after personal data if it was pushed.

Bad:

    == prospects/acme.md
    ---
    account: ACME
    ---

    Ana: 2 69 05 49 588 157 80

Good:

    == prospects/acme.md
    ---
    account: ACME
    ---

    Ana, managing director
"""

import re

from kanban.i18n import _
from kanban.lint.facts.privacy import digits_like, private_hits
from kanban.lint.rule import CARD, ERROR, Hits, LintContext, rule

_NIR = re.compile(r"(?<![\w.,-])[12] ?\d{2} ?[0-9]{2} ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}(?![\w-])")

_MAY = digits_like(b"0" * 15, b"000000A00000000")


@rule("KB603", "social-security-number", CARD, ERROR)
def check(context: LintContext) -> Hits:
    for card, found in private_hits(context, _NIR, is_nir, _MAY):
        message = _("a social security number stands here: {text}").format(text=found.masked)
        yield found.hit(card, message, _("remove it: a sales board has no reason to know it"))


def is_nir(text: str) -> bool:
    """Whether the key is right: 97 minus the number modulo 97, Corsica's departments counted as 19 and 18."""
    plain = text.replace(" ", "")
    number, key = plain[:13].replace("2A", "19").replace("2B", "18"), plain[13:]
    return number.isdigit() and key.isdigit() and 97 - int(number) % 97 == int(key)
