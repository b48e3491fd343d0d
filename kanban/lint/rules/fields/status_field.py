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
from kanban.model.typed.read import fold


@rule("KB213", "status-field", CARD, ERROR, fix=SAFE)
def check(context: LintContext) -> Hits:
    for card in context.board.cards:
        column = context.board.column_of(card)
        for raw in card.raw.values():
            if raw.key not in CONTRADICTING or raw.key in context.board.config.fields:
                continue
            here = {fold(name) for name in (column.key, column.title, column.directory, column.kind)}
            label = _("remove `{key}`").format(key=raw.key)
            if not raw.text or fold(raw.text) in here:
                message = _("`{key}` repeats what the folder says").format(key=raw.key)
                fix = Fix(card.path, label, removing_field(raw.key))
                yield at_line(card, raw.key_line, 1, message, label, key=raw.key, severity=WARNING, fix=fix)
            else:
                message = _("`{key}: {text}` contradicts the folder, which says {column}").format(
                    key=raw.key, text=raw.text, column=column.title
                )
                cure = _("remove `{key}`, or `kanban move {card} …` if the folder is wrong").format(
                    key=raw.key, card=typed(card.id)
                )
                yield at_line(card, raw.key_line, 1, message, cure, key=raw.key)
