"""The folder says where a card stands, and nothing else does.

Why: with a `status:` beside the folder one of the two is soon wrong, and nobody knows which.

Flags: a field `status`, `stage`, `column`, `statut`, `colonne` or the like on a card.

Cure: remove the field; move the card if it stands in the wrong folder. `--fix` removes it when it agrees with the
folder.

Bad:

    == offer/acme.md
    ---
    account: ACME
    status: negotiation
    ---
    == offer/norvane.md
    ---
    account: Norvane
    status: offer sent
    ---

Good:

    == offer/acme.md
    ---
    account: ACME
    ---
"""

from kanban.i18n import _
from kanban.lint.facts.fieldnames import CONTRADICTING
from kanban.lint.finding import Fix
from kanban.lint.fixes import removing_field
from kanban.lint.rule import CARD, ERROR, SAFE, WARNING, Hits, LintContext, at_line, rule, typed
from kanban.model.text.front.front_fields import joined
from kanban.model.typed.read import fold


@rule("KB213", "status-field", CARD, ERROR, fix=SAFE)
def check(context: LintContext) -> Hits:
    for card in context.board.cards:
        column = context.board.column_of(card)
        for key, value in card.written.items():
            if key not in CONTRADICTING or key in context.board.config.fields:
                continue
            line, text = card.raw[key].key_line, joined(value)
            here = {fold(name) for name in (column.key, column.title, column.directory, column.kind)}
            label = _("remove `{key}`").format(key=key)
            if not text or fold(text) in here:
                message = _("`{key}` repeats what the folder says").format(key=key)
                fix = Fix(card.path, label, removing_field(key))
                yield at_line(card, line, 1, message, label, key=key, severity=WARNING, fix=fix)
            else:
                message = _("`{key}: {text}` contradicts the folder, which says {column}").format(
                    key=key, text=text, column=column.title
                )
                cure = _("remove `{key}`, or `kanban move {card} …` if the folder is wrong").format(
                    key=key, card=typed(card.id)
                )
                yield at_line(card, line, 1, message, cure, key=key)
