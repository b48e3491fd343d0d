"""A card is a file of its own, not a link.

Why: a link may point out of the board, to another card or to nothing on a colleague's machine; links are never
followed.

Flags: a symbolic link or a submodule in the board.

Cure: replace it by the file it points to.

Bad:

    == prospects/acme.md (symbolic link)
    ../elsewhere/acme.md

Good:

    == prospects/acme.md
    ---
    account: ACME
    ---
"""

from kanban.i18n import _
from kanban.lint.finding import Hit
from kanban.lint.reading_problems import hits_of
from kanban.lint.rule import CARD, ERROR, Hits, LintContext, rule


@rule("KB119", "symbolic-link", CARD, ERROR)
def check(context: LintContext) -> Hits:
    yield from hits_of(context, "symbolic-link")
    columns = {column.directory for column in context.board.config.columns}
    for path, file in sorted(context.board.files.items()):
        if file.note == "symlink" or (file.note == "submodule" and path.partition("/")[0] in columns):
            message = _("{path} is a link: it is not followed").format(path=path)
            yield Hit(path, 1, 1, message, _("replace it by the file it points to"))
