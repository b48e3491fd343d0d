"""Every field has a name the board knows.

Why: a mistyped field is silently without effect: an `owmer:` owns nothing, a `close_dat:` is in no forecast.

Flags: a key that is neither a field of every board nor declared under `fields:` in board.yml. It is kept as it is.

Cure: take the spelling that is proposed, or declare the field. `kanban lint --fix` renames a key that is
plainly the label or a usual name of a field (`montant`, `responsable`, `email`), where the card has no such field yet.

Bad:

    == prospects/acme.md
    ---
    account: ACME
    owmer: Zoé
    montant: 5 k€
    ---

Good:

    == prospects/acme.md
    ---
    account: ACME
    owner: Zoé
    amount: 5 k€
    ---
"""

from kanban.i18n import _
from kanban.lint.facts.fieldnames import CONTRADICTING, did_you_mean, renaming
from kanban.lint.rule import CARD, SAFE, WARNING, Hits, LintContext, at_line, rule
from kanban.model.cards.fields import types_of


@rule("KB201", "unknown-field", CARD, WARNING, fix=SAFE)
def check(context: LintContext) -> Hits:
    config = context.board.config
    known = {*types_of(config), *CONTRADICTING}
    for card in context.board.cards:
        for key in card.written:
            if key not in known:
                message = _("`{key}` is no field of this board").format(key=key)
                declare = _("declare it under `fields:` in board.yml: `{key}: text`").format(key=key)
                fix, renamed = renaming(card, key, config)
                cure = renamed or did_you_mean(key, config) or declare
                yield at_line(card, card.raw[key].key_line, 1, message, cure, key=key, fix=fix)
