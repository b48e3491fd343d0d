"""A column's folder holds cards and its banner only.

Why: a file that is no card is invisible on the board; a card saved under the wrong name is lost without a sign.

Flags: a text file in a column's folder that is neither a card (`.md`) nor the banner `README.md`, with a warning; with
an error where a deal is lost: it begins as a card does (`ACME.MD`), it is the banner and holds a card's fields, or its
name holds a line break or another control character.

Cure: rename it to a plain name that ends in `.md`, or move it out of the column.

Bad:

    == offer/acme.yml
    account: ACME

Bad:

    == offer/README.md
    ---
    account: ACME
    next_action: call
    ---

Good:

    == offer/acme.md
    ---
    account: ACME
    ---
"""

from kanban.i18n import _
from kanban.lint.finding import Hit
from kanban.lint.rule import BOARD, ERROR, WARNING, Hits, LintContext, rule, typed
from kanban.model.cards.boardfile import BoardFile
from kanban.model.text.front.front_matter import read_front_matter

_OF_A_DEAL = frozenset({"account", "contact", "next_action", "next_action_date", "amount", "probability", "owner"})


@rule("KB302", "stray-file", BOARD, WARNING)
def check(context: LintContext) -> Hits:
    for stray in context.board.strays:
        file = context.board.files.get(stray.path)
        if stray.reason == "not-a-card" and (file is None or file.note not in ("symlink", "submodule")):
            message = _("{path} stands in a column and is no card").format(path=stray.path)
            severity = ERROR if file is not None and _begins_as_a_card(file) else ""
            cure = _("end its name in `.md`, or move it out of the column")
            if any(sign < " " or sign == "\x7f" for sign in stray.path):
                cure = _("its name holds a line break or another control character: give it a plain one")
            yield Hit(stray.path, 1, 1, message, cure, severity=severity)
    columns = {column.directory for column in context.board.config.columns}
    for path, file in context.board.files.items():
        folder, _slash, name = path.partition("/")
        if name.casefold() == "readme.md" and folder in columns and _holds_a_deal(file):
            message = _("{path} is the column's banner, and the deal in it is on nobody's board").format(path=path)
            cure = _("give it a name of its own: `git mv {path} {other}`").format(
                path=typed(path), other=typed(f"{folder}/…")
            )
            yield Hit(path, 1, 1, message, cure, severity=ERROR)


def _begins_as_a_card(file: BoardFile) -> bool:
    data = file.data or b""
    return file.path.casefold().endswith(".md") and data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"---")


def _holds_a_deal(file: BoardFile) -> bool:
    if file.data is None or not file.data.lstrip(b"\xef\xbb\xbf").startswith(b"---"):
        return False
    read = read_front_matter(file.data)
    return any(read.text(key) for key in _OF_A_DEAL)
