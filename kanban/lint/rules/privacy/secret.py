"""No card holds a password or a key.

Why: everybody who can clone the board could use it, today and in five years.

Flags: `password: …`, `mot de passe : …` and the like, private keys, and tokens in the well-known forms of cloud and
forge services.

Cure: change the password first, then remove it here and keep it in a password safe.

Bad:

    == offer/acme.md
    ---
    account: ACME
    ---

    Demo access: password: hunter-2024!

Good:

    == offer/acme.md
    ---
    account: ACME
    ---

    Demo access: in the password safe, entry "ACME demo".
"""

import re

from kanban.i18n import _
from kanban.lint.facts.privacy import any_of, private_hits
from kanban.lint.rule import CARD, ERROR, Hits, LintContext, rule

_SECRET = re.compile(
    r"(?i:\b(?:password|passwd|mot de passe|mdp|pwd|api[ _-]?key|clé api|secret)[ \u00a0\u202f]*[:=][ \u00a0]*)"
    r"(?=\S*[\d!@#$%^&*?/+=-])\S{6,}"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----"
    r"|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"
    r"|\bgh[pousr]_[A-Za-z0-9]{36,}\b"
    r"|\bglpat-[A-Za-z0-9_-]{20,}"
    r"|\bxox[abprs]-[A-Za-z0-9-]{10,}"
    r"|\bsk_live_[A-Za-z0-9]{20,}"
    r"|\b[a-z][a-z0-9+.-]{1,15}://[^\s:/@]{1,64}:[^\s/@]{4,128}@[\w.-]"
)
_MAY = any_of(
    *("password", "passwd", "mot de passe", "mdp", "pwd", "api", "secret", "private key", "akia", "asia", "://"),
    *("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "glpat-", "xox", "sk_live_"),
)


@rule("KB604", "secret", CARD, ERROR)
def check(context: LintContext) -> Hits:
    for card, found in private_hits(context, _SECRET, lambda _text: True, _MAY):
        message = _("a password or key stands here: {text}").format(text=found.masked)
        yield found.hit(card, message, _("change it first, then remove it here and keep it in a password safe"))
