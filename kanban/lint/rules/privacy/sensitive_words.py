"""No card tells a person's health, beliefs or union.

Why: such facts may not be processed for sales (GDPR, article 9), however kindly they were noted.

Flags: words that speak of a person's health, pregnancy, faith or union, in notes or fields.

Cure: write what it means for the deal: "back on 3 November" instead of "sick leave".

Bad:

    == offer/acme.md
    ---
    account: ACME
    ---

    Ana is on sick leave until November.

Good:

    == offer/acme.md
    ---
    account: ACME
    ---

    Ana is back on 3 November, Marc stands in.
"""

import re

from kanban.i18n import _
from kanban.lint.facts.privacy import any_of, private_hits
from kanban.lint.rule import CARD, WARNING, Hits, LintContext, rule

_WORDS = re.compile(
    r"(?i)\b(?:sick leave|pregnan(?:t|cy)|maternity leave|chemotherapy|depressi(?:on|ve)|burn-?out|disabled person"
    r"|trade unionist|union member|arrêt maladie|arrêt de travail|en congé maternité|est enceinte|chimiothérapie"
    r"|dépressi(?:f|ve)|en dépression|hospitalisée?|syndiquée?|déléguée? syndicale?|de confession \w+"
    r"|(?:déléguée?|élue?|adhérente?|membre|militante?)(?: syndicale?)?(?: (?:de la|du|à la|pour la))?"
    r" (?:CGT|CFDT|CFTC|CFE-CGC|UNSA|Force ouvrière|Solidaires)|CGT representative|(?:CGT|CFDT) (?:member|delegate))\b"
)
_MAY = any_of(
    *("leave", "pregnan", "chemotherapy", "depressi", "burn", "disabled", "union", "arrêt", "maternité", "enceinte"),
    *("chimio", "dépressi", "hospitalis", "syndi", "confession", "cgt", "cfdt", "cftc", "cfe-", "unsa", "ouvrière"),
    "solidaires",
)


@rule("KB605", "sensitive-words", CARD, WARNING)
def check(context: LintContext) -> Hits:
    for card, found in private_hits(context, _WORDS, lambda _text: True, _MAY):
        message = _("“{text}” tells something about a person that a sales board may not know").format(text=found.text)
        yield found.hit(card, message, _("write what it means for the deal, such as a date or a stand-in"))
