"""A card has the fields that its column's template has.

Why: a field that is there, even empty, is filled in; one that is missing is forgotten. With the template's value the
card is at least comparable.

Flags: an open card that lacks a key which the board's own template for its column (`templates/COLUMN.md`) has.

Cure: `kanban lint --fix` adds the keys with the template's values.

Bad:

    == templates/offer.md
    ---
    scope:
    risk: medium
    ---
    == offer/acme.md
    ---
    account: ACME
    scope: 300 users
    ---

Good:

    == templates/offer.md
    ---
    scope:
    risk: medium
    ---
    == offer/acme.md
    ---
    account: ACME
    scope: 300 users
    risk: low
    ---
"""

from kanban.i18n import _
from kanban.lint.finding import Fix
from kanban.lint.fixes import setting_field
from kanban.lint.rule import CARD, INFO, SAFE, Hits, LintContext, at, rule
from kanban.model.cards.board import Board
from kanban.model.text.cardfile import RawField, parse_document


@rule("KB216", "missing-column-field", CARD, INFO, fix=SAFE)
def check(context: LintContext) -> Hits:
    for column in context.board.config.open_columns:
        fields = template_of(context.board, column.key)
        for card in context.board.in_column(column.key):
            for field in fields:
                if field.key in card.written or not card.readable:
                    continue
                message = _("{card} lacks `{key}`, which the template of {column} has").format(
                    card=card.label, key=field.key, column=column.title
                )
                cure = _("add `{key}: {value}`").format(key=field.key, value=field.text or "…")
                label = _("add `{key}` with the template's value").format(key=field.key)
                change = setting_field(field.key, field.value)
                yield at(card, field.key, message, cure, fix=Fix(card.path, label, change))


def template_of(board: Board, column: str) -> tuple[RawField, ...]:
    """The fields of the board's own template for a column; () without one."""
    file = board.files.get(f"templates/{column}.md")
    return parse_document(file.data).fields if file is not None and file.data is not None else ()
