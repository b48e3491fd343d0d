"""A file that is kept can be had by all: not too large, with a name for every computer.

Why: every copy of the board carries every version of it for ever; and a name with `:` or `?` cannot be written on
Windows, so that a colleague there gets no board at all.

Flags: a file in `files/` over 8 MB, or whose name another system refuses, or takes for a neighbour's.

Cure: `kanban attach CARD FILE` keeps it under a plain name; a large file belongs where the team can reach it, with a
link on the card.

Bad:

    == prospects/acme.md
    ---
    account: ACME
    ---
    == files/acme/offer: final?.pdf
    Two pages.

Good:

    == prospects/acme.md
    ---
    account: ACME
    ---
    == files/acme/offer-final.pdf
    Two pages.
"""

import posixpath
import unicodedata

from kanban.i18n import _
from kanban.i18n.formats import format_size
from kanban.lint.finding import Hit
from kanban.lint.rule import BOARD, WARNING, Hits, LintContext, rule, typed
from kanban.model.cards.boardfile import LARGEST
from kanban.model.cards.links.attachments import is_plain, name_kept


@rule("KB715", "awkward-file", BOARD, WARNING)
def check(context: LintContext) -> Hits:
    seen: dict[str, str] = {}
    for card, files in context.board.attachments.items():
        for one in files:
            name = posixpath.basename(one.path)
            if one.size > LARGEST:
                message = _("{path} has {size}: every copy of the board carries it for ever")
                message = message.format(path=one.path, size=format_size(one.size))
                cure = _("put it where the team can reach it, and link there")
                yield Hit(one.path, 1, 1, message, cure, detail="size")
            again = _("`kanban attach {card} {path}` keeps it as {name}; then delete this one").format(
                card=typed(card or "CARD"), path=typed(one.path), name=name_kept(name, context.board.config.language)
            )
            if not is_plain(name):
                message = _("the name “{name}” cannot be had on every computer").format(name=name)
                yield Hit(one.path, 1, 1, message, again, detail="name")
            twin = seen.setdefault(unicodedata.normalize("NFC", one.path).casefold(), one.path)
            if twin != one.path:
                message = _("{path} and {other} are one name on Windows and macOS").format(path=one.path, other=twin)
                yield Hit(one.path, 1, 1, message, _("keep one of the two files"), detail="twin")
