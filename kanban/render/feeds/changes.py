"""`feed.xml`: what changed, newest first, for feed readers (Atom)."""

import uuid
from dataclasses import dataclass

from kanban.i18n import _
from kanban.model.history.edits import Edit
from kanban.model.history.events import Event, History
from kanban.render.addresses import address_of
from kanban.render.environment import write_page
from kanban.render.forge import site_address
from kanban.render.site_input import Material
from kanban.render.views.cards.card_history import described
from kanban.render.views.changes.days import edits_among
from kanban.render.views.changes.week import TELLING
from kanban.render.views.page import board_title

MOST, _LOOKED_THROUGH, _AT_ONCE = 50, 1000, 100
_BOARD = uuid.UUID("6f6d1f2e-3d0b-5a52-9d3e-0d2c6c1f4b7a")


@dataclass(frozen=True, slots=True)
class Entry:
    """One change."""

    id: str
    title: str
    href: str
    updated: str
    author: str
    summary: str


@dataclass(frozen=True, slots=True)
class FeedView:
    """The feed's head and entries."""

    id: str
    title: str
    updated: str
    self_href: str
    home: str
    entries: tuple[Entry, ...]


def changes(material: Material) -> bytes:
    """The last fifty creations, moves, removals, and edits of what the pipeline is made of; each says before → after.

    Edits of next actions and notes are left out: they come with all work, and are no change of the pipeline.
    """
    past = material.past
    moves, edits = _told(material, past) if past is not None else ([], {})
    stamp = material.revision.committed_at
    updated = moves[-1].at.isoformat() if moves else stamp.isoformat() if stamp else f"{material.as_of}T00:00:00Z"
    name = board_title(material)
    view = FeedView(
        id=_urn(past.events[0].commit if past is not None and past.events else "", name),
        title=printable(name),
        updated=updated,
        self_href=_link(material, "feed.xml"),
        home=_link(material, "index.html"),
        entries=tuple(_entry(material, event, edits.get(event.order)) for event in reversed(moves)),
    )
    return write_page("feed.xml.jinja", feed=view)


def _told(material: Material, past: History) -> tuple[list[Event], dict[int, Edit]]:
    """The events told, in order of time, and what they changed. No farther back is looked than they lie."""
    edits: dict[int, Edit] = {}
    told: list[Event] = []
    left, recent = past.events[:-_LOOKED_THROUGH], past.events[-_LOOKED_THROUGH:]
    while recent and len(told) < MOST:
        recent, last = recent[:-_AT_ONCE], recent[-_AT_ONCE:]
        edits |= edits_among(past, last, material.versions)
        told = [event for event in last if event.places or _is_telling(edits.get(event.order))] + told
    if len(told) < MOST:
        told = [event for event in left if event.places] + told
    return told[-MOST:], edits


def _is_telling(edit: Edit | None) -> bool:
    return edit is not None and any(key in TELLING for key in edit.keys)


def _entry(material: Material, event: Event, edit: Edit | None) -> Entry:
    card = material.board.find(event.card)
    what = described(material.board, event, edit)
    label = card.label if card is not None else event.card
    return Entry(
        id=_urn(event.commit or event.at.isoformat(), event.card, event.kind),
        title=printable(f"{label}{_(': ')}{what}"),
        href=_link(material, address_of(material.board, card) if card is not None else "index.html"),
        updated=event.at.isoformat(),
        author=printable(event.author),
        summary=printable(card.title if card is not None and card.title != label else ""),
    )


def _link(material: Material, page: str) -> str:
    """Absolute where the board says where its site is: many readers do not resolve what is relative to the feed."""
    return site_address(material, page) or page


def _urn(*parts: str) -> str:
    """A stable name. Git's names need not be Unicode: their bytes stand in it as escapes."""
    name = chr(0).join(parts).encode("utf-8", "backslashreplace").decode()
    return f"urn:uuid:{uuid.uuid5(_BOARD, name)}"


def printable(text: str) -> str:
    """The text without what XML cannot hold: control characters and lone halves of surrogate pairs."""
    return "".join(
        character
        for character in text
        if character in "\t\n" or (ord(character) >= 0x20 and not 0xD800 <= ord(character) <= 0xDFFF)
        if ord(character) not in (0xFFFE, 0xFFFF)
    )
