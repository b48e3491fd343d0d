"""Every card stands in a column of the board.

Why: a card in a folder that is no column is on nobody's board and in no number.

Flags: a Markdown file in a folder that board.yml does not name; one without front matter, which is hardly a card,
only with a warning.

Cure: move it into a column, or declare the column in board.yml. Folders named scripts, templates and experiments are
free.

Bad:

    == prospets/acme.md
    ---
    account: ACME
    ---

Good:

    == prospects/acme.md
    ---
    account: ACME
    ---
"""

from kanban.i18n import _
from kanban.lint.finding import Hit
from kanban.lint.rule import BOARD, ERROR, WARNING, Hits, LintContext, rule, typed
from kanban.model.text.plain import nearest


@rule("KB301", "unknown-column", BOARD, ERROR)
def check(context: LintContext) -> Hits:
    folders = {column.directory.casefold(): column.directory for column in context.board.config.columns}
    for stray in context.board.strays:
        if stray.reason != "unknown-column":
            continue
        folder = stray.path.partition("/")[0]
        message = _("the folder “{folder}” is no column of the board").format(folder=folder)
        close = nearest(folder.casefold(), folders, most=1)
        if close:
            name = folders[close[0]]
            target = f"{name}/{stray.path.rpartition('/')[2]}"
            cure = _("did you mean “{column}”? `git mv {path} {target}`").format(
                column=name, path=typed(stray.path), target=typed(target)
            )
        else:
            cure = _("move the card into a column ({columns}), or add the column to board.yml").format(
                columns=", ".join(folders.values())
            )
        severity = "" if _looks_like_a_card(context, stray.path) else WARNING
        yield Hit(stray.path, 1, 1, message, cure, detail=stray.path, severity=severity)


def _looks_like_a_card(context: LintContext, path: str) -> bool:
    file = context.board.files.get(path)
    return file is None or file.data is None or file.data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"---")
