"""`search-index.js`: what the search in every page looks through. A script, as pages from a disk may read nothing else.

One row a page: address, name, what it is, whose it is, and its lines: what a card says in fields and notes. The index
stays below a seventh of the site: cards may have so many characters on average, and the longest give way first.
"""

import json
from collections.abc import Iterator

from kanban.i18n import _, ngettext
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.cards.directory.links import ACCOUNTS
from kanban.render.addresses import address_of, entry_page, person_keys, person_page
from kanban.render.site_input import Material
from kanban.render.views.cards.archive import periods

AVERAGE = 600
"""Characters of a card's lines, on average over all cards: its page has ten times as many."""

_ELSEWHERE = frozenset({"account", "owner", "class", "dor", "dod", "currency", "formerly", "lint_ignore"})
"""Fields that stand in a row of their own, or that nobody looks for."""

Row = tuple[str, str, str, str, str]


def search_index(material: Material) -> bytes:
    """The script: one call with all rows, open cards first, and how one says what was found: one, more, none."""
    rows = json.dumps([*_cards(material.board), *_pages(material)], ensure_ascii=False, separators=(",", ":"))
    said = [
        ngettext("{count} found", "{count} found", 1),
        ngettext("{count} found", "{count} found", 2),
        _("Nothing found."),
    ]
    words = json.dumps(said, ensure_ascii=False)
    return f"kanbanSearch({rows},{words});\n".encode("utf-8", "backslashreplace")


def _cards(board: Board) -> Iterator[Row]:
    cards = sorted(board.cards, key=lambda card: not board.is_open(card))
    texts = [_text(card) for card in cards]
    longest = _longest([len(text) for text in texts])
    for card, text in zip(cards, texts, strict=True):
        yield address_of(board, card), card.label, board.column_of(card).title, card.owner, text[:longest]


def _text(card: Card) -> str:
    """The lines of a card: its fields that are words, then its notes without marks."""
    fields = (card.get(key) for key in card.written if key not in _ELSEWHERE and _is_words(card, key))
    notes = (line.strip(" \t#>*-_") for line in card.body.splitlines())
    return "\n".join(line for line in (*fields, *notes) if line and line != card.label)


def _is_words(card: Card, key: str) -> bool:
    return isinstance(card.values.get(key, ""), str)


def _longest(lengths: list[int]) -> int:
    """The length to which the longest texts are cut so that all of them together stay within their room."""
    room, left = AVERAGE * len(lengths), len(lengths)
    for length in sorted(lengths):
        if length * left > room:
            return room // left
        room -= length
        left -= 1
    return max(lengths, default=0)


def _pages(material: Material) -> Iterator[Row]:
    if not material.is_public:
        keys = person_keys(card.owner for card in material.board.cards if card.owner)
        for name in sorted({card.owner for card in material.board.open_cards if card.owner}):
            if material.board.config.site.people:
                yield person_page(keys[name]), name, _("person"), "", ""
        for one in material.board.directory.entries:
            what = _("company") if one.kind == ACCOUNTS else _("contact")
            yield entry_page(one), one.name, what, "", "\n".join((*one.also, *one.emails, one.account)).strip()
        yield "changes.html" if material.has_past else "monday.html", _("What changed"), _("page"), "", ""
    yield "metrics.html", _("Numbers"), _("page"), "", ""
    for period in periods(material.board, material.ended):
        yield period.address, f"{_('Archive')} {period.title}", _("page"), "", ""
