"""The manager who is told about escalations is one of the owners.

Why: an escalation to a name that nobody answers to reaches nobody.

Flags: `manager:` in board.yml when owners are declared and none has this name.

Cure: take the proposed spelling, or add the person to `owners:`.

Bad:

    == board.yml
    columns: [{key: prospects}]
    owners: [Zoé, Karim]
    manager: Zoe

Good:

    == board.yml
    columns: [{key: prospects}]
    owners: [Zoé, Karim]
    manager: Zoé
"""

from kanban.i18n import _
from kanban.lint.facts.boardlines import line_in_board
from kanban.lint.facts.people import nearest_owner
from kanban.lint.finding import Hit
from kanban.lint.rule import BOARD, WARNING, Hits, LintContext, rule
from kanban.model.settings.board_yml import BOARD_FILE


@rule("KB014", "manager-unknown", BOARD, WARNING, waivable=BOARD)
def check(context: LintContext) -> Hits:
    config = context.board.config
    if config.manager and config.owners and config.owner(config.manager) is None:
        line, column = line_in_board(context.board, "manager")
        message = _("the manager “{name}” is not among the owners").format(name=config.manager)
        meant = nearest_owner(config.manager, config)
        cure = _("did you mean {name}?").format(name=meant) if meant else _("add the name to `owners:`")
        yield Hit(BOARD_FILE, line, column, message, cure, key="manager")
