"""Every column has its banner.

Why: the `README.md` shows limit and rules where people open the folder, keeps an empty column in git, and stops git
from taking a column that was emptied for one that was renamed: then colleagues' new cards land elsewhere.

Flags: a column without `README.md` in its folder.

Cure: `kanban lint --fix` writes it.

Bad:

    == board.yml
    columns: [{key: prospects}]
    == prospects/acme.md
    ---
    account: ACME
    ---

Good:

    == board.yml
    columns: [{key: prospects}]
    == prospects/README.md
    # prospects
    == prospects/acme.md
    ---
    account: ACME
    ---
"""

from kanban.i18n import _
from kanban.lint.facts.banners import banner_of, rebuilding
from kanban.lint.finding import Fix, Hit
from kanban.lint.rule import BOARD, SAFE, WARNING, Hits, LintContext, rule


@rule("KB308", "banner-missing", BOARD, WARNING, fix=SAFE)
def check(context: LintContext) -> Hits:
    for column in context.board.config.columns:
        path, file = banner_of(context.board, column)
        if file is None:
            message = _("the column {column} has no banner").format(column=column.title)
            fix = Fix(path, _("write the banner"), rebuilding(column, context.board.config))
            cure = _("`kanban lint --fix` writes {path}").format(path=path)
            yield Hit(path, 1, 1, message, cure, key=column.key, area=column.directory, fix=fix)
