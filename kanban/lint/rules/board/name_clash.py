"""No two cards have names that a colleague's computer takes for one.

Why: `Acme.md` and `acme.md`, or two ways of writing an accent, are two files on Linux and one on Windows and macOS:
after a clone there one of the two deals is gone.

Flags: card files whose names differ only in case or in the composition of accents.

Cure: rename one: `kanban rename OLD NEW`.

Bad:

    == offer/acme.md
    ---
    account: ACME
    ---
    == prospects/ACME.md
    ---
    account: ACME
    ---

Good:

    == offer/acme.md
    ---
    account: ACME
    ---
    == prospects/acme-2.md
    ---
    account: ACME
    ---
"""

import unicodedata
from collections.abc import Iterator

from kanban.i18n import _
from kanban.lint.finding import Hit
from kanban.lint.rule import BOARD, ERROR, Hits, LintContext, rule, typed
from kanban.model.cards.card import Card


@rule("KB306", "name-clash", BOARD, ERROR, waivable=BOARD)
def check(context: LintContext) -> Hits:
    first: dict[str, Card] = {}
    for card in context.board.cards if _clash(context) else ():
        other = first.setdefault(_folded(card.id), card)
        if other.id != card.id:
            message = _("{path} and {other} are one name on Windows and macOS").format(path=card.path, other=other.path)
            cure = _("`kanban rename {card} {new}`").format(card=typed(card.id), new=typed(f"{card.id.lower()}-2"))
            yield Hit(card.path, 1, 1, message, cure, card=card.id)
    for path, twin in _composed_differently(context):
        message = _("{path} and {other} are one name on Windows and macOS").format(path=path, other=twin)
        yield Hit(path, 1, 1, message, _("keep one of the two files"), detail=path)


def _clash(context: LintContext) -> bool:
    """Whether there are fewer folded names than names."""
    names = {card.id for card in context.board.cards}
    folded = map(str.lower if all(map(str.isascii, names)) else _folded, names)
    return len(names) != len(set(folded))


def _folded(name: str) -> str:
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def _composed_differently(context: LintContext) -> Iterator[tuple[str, str]]:
    first: dict[str, str] = {}
    paths = [card.path for card in context.board.cards]
    for path in paths if not all(map(str.isascii, paths)) else ():
        other = first.setdefault(unicodedata.normalize("NFC", path), path)
        if other != path:
            yield path, other
