"""Every setting in board.yml exists.

Why: a mistyped setting is silently without effect: `wipp: 5` limits nothing.

Flags: a key of board.yml that nobody reads.

Cure: take the spelling that is proposed, or remove the line.

Bad:

    == board.yml
    columns:
      - {key: prospects, wipp: 5}

Good:

    == board.yml
    columns:
      - {key: prospects, wip: 5}
"""

from kanban.lint.reading_problems import reported
from kanban.lint.rule import BOARD, ERROR, Rule

RULE = Rule("KB011", "unknown-setting", BOARD, ERROR, reported("unknown-setting"), __doc__, waivable=BOARD)
