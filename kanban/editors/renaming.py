"""Another name for a card, over the whole board: its file, the links to it, and `formerly` so that its past is one.

Everything is an edit that the editor makes and shows: nothing is written here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lsprotocol.types import (
    OptionalVersionedTextDocumentIdentifier,
    Position,
    PrepareRenamePlaceholder,
    RenameFile,
    TextDocumentEdit,
    TextEdit,
    WorkspaceEdit,
)

from kanban.editors.draft import Draft
from kanban.editors.features.links import links_of, uri_of
from kanban.editors.features.places import front_matter
from kanban.editors.fixes import edits_between
from kanban.editors.text import Text
from kanban.errors import KanbanError
from kanban.gestures.base.change import Edit, PathChange
from kanban.gestures.base.filing import rename
from kanban.gestures.base.situation import Situation
from kanban.i18n import _
from kanban.model.cards.card import Card
from kanban.model.cards.links.links import links_in


def prepare(draft: Draft, position: Position) -> PrepareRenamePlaceholder | None:
    """What would be renamed from a place: the card of a link, else the card that is open; None in its notes."""
    offset = draft.text.offset(position)
    link = next((one for one in links_of(draft) if one.start <= offset <= one.end and one.card), None)
    if link is not None:
        return PrepareRenamePlaceholder(draft.text.range(link.start + 2, link.end - 2), link.card)
    front, line = front_matter(draft.text), draft.text.line_at(offset)
    if draft.card is None or front is None or not front[0] <= line <= front[1]:
        return None
    return PrepareRenamePlaceholder(draft.text.whole_line(line), draft.card.id)


def renamed(draft: Draft, position: Position, new_id: str) -> WorkspaceEdit:
    """The edits that rename a card. Raises KanbanError for a name that cannot be, or is taken."""
    found = prepare(draft, position)
    card = draft.board.find(found.placeholder) if found is not None else None
    if card is None:
        raise KanbanError(_("no card stands here"), cure=_("rename on its front matter or on a link to it"))
    made = rename(Situation(draft.board, draft.desk.today, ""), card=card.id, new_id=new_id.removesuffix(".md"))
    change = made.changes[0]
    links = dict(_links(draft, card.id, made.document["card"]))
    own = [*_own_edits(draft, card, _edit_of(change)), *links.pop(card.path, [])]
    changes: list[TextDocumentEdit | RenameFile] = [_edit(draft, path, edits) for path, edits in links.items()]
    changes += [_edit(draft, card.path, own), RenameFile(uri_of(draft, card.path), uri_of(draft, change.path))]
    changes += _along(draft, made.changes[1:])
    return WorkspaceEdit(document_changes=[*changes])


def moved_by_hand(draft: Draft, card: Card, new_id: str) -> WorkspaceEdit:
    """The edits that go with a file that somebody is renaming in the editor: `formerly`, and the links."""
    made = rename(Situation(draft.board, draft.desk.today, ""), card=card.id, new_id=new_id)
    links = dict(_links(draft, card.id, new_id))
    own = [*_own_edits(draft, card, _edit_of(made.changes[0])), *links.pop(card.path, [])]
    edits = [_edit(draft, path, found) for path, found in {**links, card.path: own}.items()]
    return WorkspaceEdit(document_changes=[*edits, *_along(draft, made.changes[1:])])


def _along(draft: Draft, changes: Iterable[PathChange]) -> list[RenameFile]:
    """The files kept for a card, which go with it."""
    return [RenameFile(uri_of(draft, one.source), uri_of(draft, one.path)) for one in changes]


def _edit_of(change: PathChange) -> Edit:
    return change.edit or (lambda data: data)


def _own_edits(draft: Draft, card: Card, edit: Edit) -> list[TextEdit]:
    """`formerly`, put into the text as it is open, else as it is saved."""
    content = draft.desk.held.get(card.path, card.text)
    return edits_between(Text(content, draft.encoding), edit(content.encode()))


def _links(draft: Draft, old: str, new: str) -> Iterator[tuple[str, list[TextEdit]]]:
    """Path → the edits of its links to a card. A card that does not hold the name is not even read."""
    named = re.compile(rf"\[\[(\s*(?:[^\[\]|#\n]*/)?){re.escape(old)}((?:\.md)?\s*(?:[#|][^\[\]\n]*)?\]\])")
    for one in draft.board.cards:
        held = draft.desk.held.get(one.path)
        if held is None and not one.mentions(old):
            continue
        card = one if held is None else draft.desk.card_in(one.path, held.encode("utf-8", "surrogatepass")) or one
        text = Text(one.text if held is None else held, draft.encoding)
        edits = []
        for link in links_in(card):
            start = text.at(link.line, link.column)
            found = named.match(text.text, start) if link.is_wiki and link.card == old else None
            if found is not None:
                edits.append(TextEdit(text.range(found.end(1), found.start(2)), new))
        if edits:
            yield one.path, edits


def _edit(draft: Draft, path: str, edits: list[TextEdit]) -> TextDocumentEdit:
    return TextDocumentEdit(OptionalVersionedTextDocumentIdentifier(uri_of(draft, path)), [*edits])
