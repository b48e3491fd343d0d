"""A requirement checks a field that cards can have.

Why: a Definition of Ready that asks for a field nobody knows can never be met, and every pull is refused.

Flags: a `dor:` or `dod:` line whose `field:` is neither a field of every board nor one declared under `fields:`.

Cure: take the proposed spelling, or declare the field.

Bad:

    == board.yml
    columns:
      - {key: prospects}
      - {key: offer, dor: [{id: price-set, field: ammount}]}

Good:

    == board.yml
    columns:
      - {key: prospects}
      - {key: offer, dor: [{id: price-set, field: amount}]}
"""

from kanban.i18n import _
from kanban.lint.facts.boardlines import line_in_board
from kanban.lint.facts.fieldnames import did_you_mean
from kanban.lint.finding import Hit
from kanban.lint.rule import BOARD, ERROR, Hits, LintContext, rule
from kanban.model.cards.fields import field_of
from kanban.model.settings.board_yml import BOARD_FILE


@rule("KB013", "requirement-field", BOARD, ERROR, waivable=BOARD)
def check(context: LintContext) -> Hits:
    config = context.board.config
    for column in config.columns:
        for part, requirements in (("dor", column.dor), ("dod", column.dod)):
            for one in requirements:
                if one.field and field_of(one.field, config) is None:
                    line, at = line_in_board(context.board, "columns", column.key, part, one.id)
                    message = _("“{requirement}” checks the field `{field}`, which no card has").format(
                        requirement=one.id, field=one.field
                    )
                    cure = did_you_mean(one.field, config) or _("declare it under `fields:`")
                    yield Hit(BOARD_FILE, line, at, message, cure, key=f"{column.key}.{part}", detail=one.id)
