"""No line of `.gitattributes` merges cards by keeping the lines of both sides.

Why: with `merge=union` git never reports a conflict on a card: it writes both sides' lines one below the other, and
the card has two amounts and two next actions. The merge looks clean, and nobody is asked.

Flags: a line with `merge=union` that decides for cards or for `board.yml`, in the board's folder or above.

Cure: remove `merge=union`; `kanban init --merge-driver` merges cards field by field, notes by bullet.

Bad:

    == .gitattributes
    *.md merge=union
    == offer/acme.md
    ---
    account: ACME
    ---

Good:

    == .gitattributes
    CHANGELOG.md merge=union
    == offer/acme.md
    ---
    account: ACME
    ---
"""

import posixpath
from collections.abc import Iterator

from kanban.i18n import _
from kanban.lint.facts.attributes import FILE, MergeLine, deciding, merge_lines
from kanban.lint.finding import Hit
from kanban.lint.rule import BOARD, ERROR, Hits, LintContext, rule
from kanban.model.settings.board_yml import BOARD_FILE


@rule("KB311", "union-merge", BOARD, ERROR, waivable=BOARD)
def check(context: LintContext) -> Hits:
    texts = {
        posixpath.normpath(context.prefix + path): (path, file.data.decode("utf-8", "replace"))
        for path, file in context.board.files.items()
        if posixpath.basename(path) == FILE and file.data is not None
    }
    lines = merge_lines({place: text for place, (_path, text) in texts.items()})
    if not any(line.value == "union" for line in lines):
        return
    told: dict[MergeLine, str] = {}
    for path in _paths(context):
        line = deciding(lines, context.prefix + path)
        if line is not None and line.value == "union":
            told.setdefault(line, path)
    for line, path in told.items():
        message = _("`merge=union` makes git keep the lines of both sides of {path}, so that its fields stand twice")
        cure = _("remove it; `kanban init --merge-driver` merges cards field by field instead")
        file = texts[line.file][0]
        yield Hit(file, line.line, line.column, message.format(path=path), cure, detail=line.pattern)


def _paths(context: LintContext) -> Iterator[str]:
    """The board's cards, one that each column may get, and the board's own file."""
    yield from (card.path for card in context.board.cards)
    yield from (f"{column.directory}/card.md" for column in context.board.config.columns)
    yield BOARD_FILE
