"""Files kept for a card, each with a link from the card's text."""

import posixpath
from collections.abc import Collection, Container
from functools import partial
from shlex import quote
from typing import Annotated

from kanban.errors import KanbanError, NotFound
from kanban.gestures.base.change import PathChange, edits
from kanban.gestures.base.gesture import Gesture, card_trailers
from kanban.gestures.base.judged import judged
from kanban.gestures.base.situation import Situation
from kanban.gestures.base.words import Card, Word
from kanban.i18n import _, in_every_language
from kanban.i18n.formats import format_size
from kanban.model.cards import card as cards
from kanban.model.cards.boardfile import LARGEST
from kanban.model.cards.links.attachments import folder_of, link_to, name_kept
from kanban.model.text.edit.note_writing import append_item, remove_item
from kanban.values import dataclass


@dataclass(frozen=True, slots=True)
class Brought:
    """A file as it lies on somebody's computer: the path as typed, and its bytes."""

    typed: str
    data: bytes


Files = Annotated[tuple[Brought, ...], Word("Files on this computer.", kind="file")]


@judged
def attach(
    at: Situation,
    *,
    card: Card,
    files: Files,
    replace: Annotated[bool, Word("Although a file of this name is kept already.")] = False,
    off: Annotated[bool, Word("Take files away again, by the names that they are kept under.")] = False,
) -> Gesture:
    """Keep files for a card: a copy of each goes to `files/CARD/`, with a link under “Files” on the card.

    The copies are part of the board: colleagues get them too, and they stay at hand wherever the card goes. No public
    page shows them.
    """
    found = at.board.named(card)
    kept = {one.path for one in at.board.attachments.get(found.id, ())}
    changes = {}
    for one in files:
        path = f"{folder_of(found.id)}/{name_kept(posixpath.basename(one.typed), at.board.config.language)}"
        if off:
            path = _kept_under(found, one.typed, path, kept)
            changes[path] = PathChange.removed(path)
        else:
            _refuse(found, one, path, (kept if not replace else set()) | changes.keys())
            edited = PathChange.edited(path, partial(_in_place, one.data))
            changes[path] = edited if path in kept else PathChange.created(path, one.data)
    links = (link_to(path, found.path) for path in changes)
    card_edit = edits(*(partial(_without if off else _with, link) for link in links))
    said = _("{card}: no longer kept: {names}") if off else _("{card}: kept {names}")
    return Gesture(
        "attach",
        f"{found.id}: attach",
        (PathChange.edited(found.path, card_edit), *changes.values()),
        (said.format(card=found.id, names=", ".join(changes)),),
        card_trailers(found.id),
        document={"card": found.id, "files": list(changes), "off": off},
    )


def _refuse(card: cards.Card, one: Brought, path: str, taken: Container[str]) -> None:
    """Raise KanbanError for a file that is too large, or that would take another's place."""
    if len(one.data) > LARGEST:
        message = _("{file} is too large: {most} are kept at most").format(file=one.typed, most=format_size(LARGEST))
        cure = _("put it where the team can reach it, and note the link: {command}")
        raise KanbanError(message, cure=cure.format(command=f'`kanban note {quote(card.id)} "https://…"`'))
    if path in taken:
        again = f"`kanban attach {quote(card.id)} {quote(one.typed)} --replace`"
        cure = _("{command} puts the new one in its place").format(command=again)
        raise KanbanError(_("{path} is kept already").format(path=path), cure=cure)


def _kept_under(card: cards.Card, typed: str, path: str, kept: Collection[str]) -> str:
    """The kept file that somebody means by its path, its name, or the name that it had. Raises NotFound."""
    own = f"{folder_of(card.id)}/{posixpath.basename(typed)}"
    for one in (typed, own, path):
        if one in kept:
            return one
    names = ", ".join(posixpath.basename(one) for one in sorted(kept))
    cure = _("there are {values}").format(values=names) if kept else ""
    raise NotFound(_("no file “{name}” is kept for {card}").format(name=typed, card=card.id), cure=cure)


def _in_place(data: bytes, _before: bytes) -> bytes:
    return data


def _with(link: str, data: bytes) -> bytes:
    return append_item(data, link, in_every_language("Files"), _("Files"))


def _without(link: str, data: bytes) -> bytes:
    return remove_item(data, link)
