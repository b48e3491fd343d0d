"""A column's banner says what the board says.

Why: people read the limit on the banner; after a change of board.yml it is wrong until somebody writes it anew.

Flags: a `README.md` that looks like a banner (it has a line with the limit in bold) and differs from what board.yml
gives.

Cure: `kanban lint --fix` writes it anew where only numbers and the limit differ. Words that somebody added by hand
would be lost: put them under the column's `rules:` in board.yml, then add `--unsafe-fixes`.

Bad:

    == board.yml
    columns: [{key: prospects}, {key: offer, wip: 8}]
    == offer/README.md
    # offer

    **WIP: 5 cards at most**

Good:

    == board.yml
    columns: [{key: prospects}, {key: offer, wip: 8, rules: [our own words]}]
    == offer/README.md
    # offer

    **WIP: 8 cards at most**

    ## Rules

    - every card has a dated next action
    - pull from prospects only while there is room
    - our own words
"""

import re

from kanban.i18n import _
from kanban.lint.facts.banners import banner_of, rebuilding
from kanban.lint.finding import Fix, Hit
from kanban.lint.rule import BOARD, SAFE, WARNING, Hits, LintContext, rule
from kanban.pull.banner import banner

_LOOKS_LIKE_ONE = re.compile(r"^\*\*WIP", re.MULTILINE)


@rule("KB309", "banner-stale", BOARD, WARNING, fix=SAFE)
def check(context: LintContext) -> Hits:
    config = context.board.config
    for column in config.columns:
        path, file = banner_of(context.board, column)
        if file is None or file.data is None:
            continue
        text = file.data.decode("utf-8", "replace").replace("\r\n", "\n")
        found = _LOOKS_LIKE_ONE.search(text)
        if found is not None and text.strip() != banner(column, config).decode().strip():
            line = text.count("\n", 0, found.start()) + 1
            message = _("the banner of {column} is not what board.yml says").format(column=column.title)
            new = banner(column, config).decode()
            safe = not _words(text) - _words(new)
            fix = Fix(path, _("write the banner anew"), rebuilding(column, config), safe)
            option = "--fix" if safe else "--fix --unsafe-fixes"
            cure = _("`kanban lint {option}` writes {path} anew").format(option=option, path=path)
            yield Hit(path, line, 1, message, cure, key=column.key, area=column.directory, fix=fix)


def _words(text: str) -> set[str]:
    """What a banner says, whatever its numbers and its limit."""
    return {re.sub(r"\d+", "0", line) for line in text.splitlines() if not _LOOKS_LIKE_ONE.match(line)}
