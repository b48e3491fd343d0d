"""The board's own scripts ask for fields that cards can have.

Why: a mail with a mistyped field is refused at the moment it should be sent, with the customer waiting.

Flags: a file in `scripts/` that cannot be used as a script, or that asks for a field which is neither a card's, nor
declared in board.yml, nor made by the product (`greeting`, `offer_day`, …).

Cure: take the proposed spelling, or declare the field; `kanban script` lists the scripts.

Bad:

    == scripts/follow-up.md
    ---
    kind: mail
    subject: Our offer
    ---
    {{ greeting }}, did you receive the offer of {{ ofer_day }}?

Good:

    == scripts/follow-up.md
    ---
    kind: mail
    subject: Our offer
    ---
    {{ greeting }}, did you receive the offer of {{ offer_day }}?
"""

import re
from collections.abc import Iterator

from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.lint.finding import Hit
from kanban.lint.rule import BOARD, ERROR, Hits, LintContext, rule
from kanban.model.cards.fields import CARD_FIELDS
from kanban.model.text.plain import nearest

_PLACE = re.compile(r":(\d+)$")


@rule("KB706", "script-field", BOARD, ERROR)
def check(context: LintContext) -> Hits:
    for path, file in sorted(context.board.files.items()):
        folder, _slash, name = path.rpartition("/")
        if folder == "scripts" and name.endswith(".md") and name != "README.md" and file.data is not None:
            yield from _hits(context, path, name.removesuffix(".md"), file.data)


def _hits(context: LintContext, path: str, name: str, data: bytes) -> Iterator[Hit]:
    from kanban.scripts.filling import fields_of
    from kanban.scripts.script import read_script
    from kanban.scripts.values import DERIVED

    try:
        fields = fields_of(read_script(name, data, path, own=True))
    except KanbanError as error:
        found = _PLACE.search(error.where)
        cure = error.cure or _("`kanban script` lists the scripts that work")
        yield Hit(path, int(found[1]) if found else 1, 1, error.message, cure, key="script")
        return
    known = {*(one.key for one in CARD_FIELDS), *context.board.config.fields, *DERIVED}
    text = data.decode("utf-8", "replace")
    for field in fields:
        if field not in known:
            line = text[: text.find(field)].count("\n") + 1
            close = nearest(field, known, most=1)
            message = _("the script asks for `{key}`, which no card has").format(key=field)
            cure = _("did you mean `{key}`?").format(key=close[0]) if close else _("declare it under `fields:`")
            yield Hit(path, line, 1, message, cure, key=field)
