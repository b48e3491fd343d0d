"""The linter's settings in board.yml name rules that exist.

Why: a rule that is ignored under a name nobody knows is still checked, and one that is selected so is not.

Flags: a code or name under `lint:` (`select`, `ignore`, `severity`, `per_path_ignores`) that fits no rule.

Cure: take the proposed spelling; `kanban rules` lists codes and names.

Bad:

    == board.yml
    columns: [{key: prospects}]
    lint:
      ignore: [KB999]

Good:

    == board.yml
    columns: [{key: prospects}]
    lint:
      ignore: [KB117]
"""

from kanban.i18n import _
from kanban.lint.facts.boardlines import line_in_board
from kanban.lint.finding import Hit
from kanban.lint.rule import BOARD, ERROR, Hits, LintContext, rule
from kanban.model.settings.board_yml import BOARD_FILE


@rule("KB012", "unknown-lint-rule", BOARD, ERROR, waivable=BOARD)
def check(context: LintContext) -> Hits:
    settings = context.board.config.lint
    places: list[tuple[tuple[str, ...], str]] = [(("lint", "select"), word) for word in settings.select]
    places += [(("lint", "ignore"), word) for word in settings.ignore]
    places += [(("lint", "severity"), word) for word in settings.severity]
    for pattern, words in settings.per_path_ignores.items():
        places += [(("lint", "per_path_ignores", pattern), word) for word in words]
    for keys, word in places:
        cure = context.rule_cure(word)
        if cure:
            line, column = line_in_board(context.board, *keys, word)
            message = _("`{setting}` names the rule “{name}”, which does not exist").format(
                setting=".".join(keys[:2]), name=word
            )
            yield Hit(BOARD_FILE, line, column, message, cure, key=".".join(keys), detail=word)
