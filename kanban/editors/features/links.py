"""Links in the notes of a card: where each stands, and where it leads."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from lsprotocol.types import DocumentLink, Location, Position, Range

from kanban.editors.draft import Draft
from kanban.model.cards.links.links import links_in


@dataclass(frozen=True, slots=True)
class Target:
    """A link from `start` to `end`: the card it names, or the `path` of a file, relative to the board."""

    start: int
    end: int
    card: str
    path: str


def links_of(draft: Draft) -> Iterator[Target]:
    """The links that lead to a card or a file of the board."""
    card = draft.card
    if card is None:
        return
    for link in links_in(card):
        start = draft.text.at(link.line, link.column)
        close = "]]" if link.is_wiki else ")"
        end = draft.text.text.find(close, start)
        if end < 0:
            continue
        place = start, end + len(close)
        if link.is_wiki:
            current = draft.board.renames.get(link.card, link.card)
            found = draft.board.find(current)
            if found is not None:
                yield Target(*place, found.id, found.path)
            continue
        target = unquote(link.target.partition("#")[0])
        path = posixpath.normpath(posixpath.join(posixpath.dirname(card.path), target))
        if not path.startswith("..") and (draft.desk.root / path).is_file():
            named = next((one.id for one in draft.board.cards if one.path == path), "")
            yield Target(*place, named, path)


def document_links(draft: Draft) -> list[DocumentLink]:
    """The links as an editor opens them."""
    return [
        DocumentLink(draft.text.range(one.start, one.end), target=uri_of(draft, one.path)) for one in links_of(draft)
    ]


def definition(draft: Draft, position: Position) -> Location | None:
    """The card that a link at a place names."""
    offset = draft.text.offset(position)
    found = next((one for one in links_of(draft) if one.start <= offset <= one.end), None)
    start = Position(0, 0)
    return Location(uri_of(draft, found.path), Range(start, start)) if found is not None else None


def uri_of(draft: Draft, path: str) -> str:
    """A file of the board as an editor names it."""
    return (draft.desk.root / path).as_uri()
