"""Every rule of the linter, in the order of its code: a rule that is not in its family's table does not exist.

Families of codes:

- 0xx waivers, baseline and settings · 1xx the file and its YAML · 2xx fields and their types · 3xx the board
- 4xx steps over a range of commits · 5xx sales hygiene · 6xx privacy · 7xx references
"""

from operator import attrgetter

from kanban.lint import reading_problems
from kanban.lint.rule import Rule
from kanban.lint.rules import accepted, actions, board, deals, directory, fields, file, hygiene, links, privacy, steps

_FAMILIES = (accepted, file, fields, board, steps, actions, deals, hygiene, privacy, links, directory, reading_problems)

RULES: tuple[Rule, ...] = tuple(sorted((rule for one in _FAMILIES for rule in one.RULES), key=attrgetter("code")))
