"""Taking a person out of a board: cards, notes and the texts beside them, in one commit that names nobody."""

from collections.abc import Iterable, Sequence
from functools import partial

from kanban.gestures.base.change import Edit, PathChange, edits
from kanban.gestures.base.gesture import Gesture
from kanban.gestures.base.situation import Situation
from kanban.i18n import _, ngettext
from kanban.model.cards.boardfile import BoardFile
from kanban.model.cards.card import Card
from kanban.model.cards.directory.links import without_links
from kanban.model.settings.board_yml import BOARD_FILE
from kanban.model.text.edit.splice import remove_field, set_field
from kanban.privacy.encoded import is_closed
from kanban.privacy.person import Person
from kanban.privacy.places import text_of

_OWN = ("first_name", "contact_email", "contact_phone")
"""Fields that are the contact's alone: without the person nothing is left of them."""


def erase(at: Situation, *, person: Person, beside: Iterable[BoardFile] = ()) -> Gesture:
    """Put `(erased)` where the person stood; their file in `people/` goes. What is only perhaps theirs stays, file
    names and `board.yml` stay. A card whose contact is that file's person by a part of the name loses it too.

    `beside` are files that are no part of a board and stand in its folder: mails, calendars, address books.
    """
    board = at.board
    mark = _("(erased)")
    cards = {card.path: card for card in board.cards}
    texts = {path: text_of(file) for path, file in board.files.items() if path != BOARD_FILE}
    texts |= {path: card.text for path, card in cards.items()}
    texts |= {file.path: text_of(file) for file in beside if file.data is not None and not is_closed(file.data)}
    theirs = [one for one in board.directory.entries if person.is_in(one)]
    deals = {card.path for one in theirs for card in board.directory.deals_of(one)}
    gone = [one.path for one in theirs]
    changes = [PathChange.removed(path) for path in gone]
    for path, text in sorted(texts.items()):
        card = cards.get(path)
        fields = _own_fields(person, card)
        contact = card is not None and path in deals and card.readable and person.may_stand_in(card.contact)
        if path not in gone and (fields or contact or _text_without(text, person, mark, gone) != text):
            steps = [partial(set_field, key="contact", value=mark)] if contact else []
            taken = partial(_without, person=person, mark=mark, fields=fields, gone=gone)
            changes.append(PathChange.edited(path, edits(*steps, taken)))
    count = len(changes)
    done = ngettext("{count} file names this person no more", "{count} files name this person no more", count)
    return Gesture(
        "privacy",
        _("board: a person’s data erased"),
        tuple(changes),
        (done.format(count=count),),
        document={"files": [change.path for change in changes]},
    )


def _own_fields(person: Person, card: Card | None) -> tuple[str, ...]:
    if card is None or not card.readable or not person.is_contact_of(card):
        return ()
    return tuple(key for key in _OWN if card.has(key))


def _without(data: bytes, person: Person, mark: str, fields: tuple[str, ...], gone: Sequence[str]) -> bytes:
    steps: list[Edit] = [partial(remove_field, key=key) for key in fields]
    for edit in steps:
        data = edit(data)
    text = data.decode("utf-8", "surrogateescape")
    return _text_without(text, person, mark, gone).encode("utf-8", "surrogateescape")


def _text_without(text: str, person: Person, mark: str, gone: Sequence[str]) -> str:
    """The text without the person, and without links to their files."""
    for path in gone:
        text = without_links(text, path, mark)
    return person.erased(text, mark)
