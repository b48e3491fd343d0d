"""Amounts look alike, so that they can be compared at a glance.

Why: `28,000.00`, `28 000,-` and `EUR28k` are the same money; a diff shows a change where nothing changed.

Flags: an amount that can be read and is written neither as a plain number (`28000`, `28000.50 EUR`) nor rounded to
thousands or millions (`28 k€`), with the currency after the number; on an English board `€28k` and `€28,000` are usual.

Cure: `kanban lint --fix` writes the plain number, with its currency when it is not the board's.

Bad:

    == offer/acme.md
    ---
    account: ACME
    amount: € 28 000.50
    ---

Good:

    == offer/acme.md
    ---
    account: ACME
    amount: 28000.50 €
    ---
"""

import re

from kanban.i18n import _
from kanban.lint.finding import Fix
from kanban.lint.fixes import setting_field
from kanban.lint.rule import CARD, INFO, SAFE, Hits, LintContext, at, rule
from kanban.model.cards.fields import types_of
from kanban.model.text.front.front_fields import joined
from kanban.model.typed.read import write_amount
from kanban.model.typed.values import Money

_GROUPS = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+"
_FORM = re.compile(rf"(?:{_GROUPS})(?:[.,]\d{{1,3}})?[ \u00a0\u202f]?(?:[kKM][ ]?)?(?:€|\$|£|[A-Z]{{3}})?")
_ENGLISH = re.compile(r"[€$£](?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?[kKM]?")


@rule("KB210", "amount-form", CARD, INFO, fix=SAFE)
def check(context: LintContext) -> Hits:
    english = context.board.config.language == "en"
    money = {key for key, kind in types_of(context.board.config).items() if kind == "money"}
    for card in context.board.cards:
        for key in money:
            written, value = card.written.get(key, ""), card.values.get(key)
            if not isinstance(value, Money):
                continue
            text = joined(written).strip()
            if not (_FORM.fullmatch(text) or (english and _ENGLISH.fullmatch(text))):
                plain = write_amount(value.amount)
                if value.currency != context.board.config.currency:
                    plain = f"{plain} {value.currency}"
                message = _("`{text}` is an unusual way to write {amount}").format(text=text, amount=plain)
                fix = Fix(card.path, _("write `{key}` as {iso}").format(key=key, iso=plain), setting_field(key, plain))
                yield at(card, key, message, _("write {iso}").format(iso=plain), fix=fix)
