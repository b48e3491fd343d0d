"""Every setting in board.yml can be used as written.

Why: a limit or a policy that cannot be read is not applied, and nobody notices.

Flags: a setting of board.yml with a value of the wrong shape, a missing `key:`, a board on which every column is an
exit.

Cure: correct the line named; `kanban schema board` says what each setting may hold.

Bad:

    == board.yml
    columns:
      - {key: prospects, wip: many}

Good:

    == board.yml
    columns:
      - {key: prospects, wip: 12}
"""

from kanban.lint.reading_problems import reported
from kanban.lint.rule import BOARD, ERROR, Rule

RULE = Rule("KB010", "bad-setting", BOARD, ERROR, reported("bad-setting"), __doc__, waivable=BOARD)
