"""One card opened under the hand: what it says, every field to be changed, its ticks, and what may be made of it."""

from dataclasses import dataclass

from kanban.hands.inputs import Form, Input, field_input, forms_for
from kanban.hands.wall import version_of
from kanban.i18n.formats import format_when
from kanban.model.cards.board import Board
from kanban.model.cards.card import Card
from kanban.model.cards.fields import CARD_FIELDS
from kanban.render.addresses import address_of
from kanban.render.views.wall.card_on_board import block_label

_FIRST = ("account", "title", "contact", "contact_email", "contact_phone", "amount", "probability", "owner", "source")
_APART = {"dor", "dod", "formerly", "lint_ignore", "blocked_since", "blocked_cause", "blocked_next", "blocked_owner"}
_USUAL = (*_FIRST, "next_action", "next_action_date", "close_date", "class", "tags", "need", "decision_maker", "budget")


@dataclass(frozen=True, slots=True)
class Tick:
    """One line of a Definition that a person ticks. `key` is `dor` or `dod`; `column` the title of whose it is."""

    id: str
    text: str
    ticked: bool
    column: str
    key: str


@dataclass(frozen=True, slots=True)
class Pane:
    """A card to be worked on. `version` as on the wall; `address` is its page of the site.

    `fields` are for the `assignments` of the gesture `set`, those that are filled or usual; `more` the board's others.
    `notes` is what stands below the card's front matter, in Markdown; `block` the words of its red label, "" without.
    """

    id: str
    version: str
    column: str
    column_title: str
    label: str
    address: str
    readable: bool
    next_action: str
    next_when: str
    fields: tuple[Input, ...]
    more: tuple[Input, ...]
    ticks: tuple[Tick, ...]
    forms: tuple[Form, ...]
    notes: str = ""
    block: str = ""


def pane_of(board: Board, card: Card) -> Pane:
    """The pane of a card as it stands."""
    column = board.column_of(card)
    known = [one.key for one in CARD_FIELDS] + list(board.config.fields)
    filled = [key for key in card.raw if key not in _APART]
    shown = list(dict.fromkeys([*(key for key in _USUAL if key in known or key in filled), *filled]))
    rest = [key for key in dict.fromkeys(known) if key not in shown and key not in _APART]
    return Pane(
        id=card.id,
        version=version_of(card),
        column=column.key,
        column_title=column.title,
        label=card.label,
        address=address_of(board, card),
        readable=card.readable,
        next_action=card.next_action,
        next_when=format_when(card.next_action_date, "full") if card.next_action_date else "",
        fields=tuple(field_input(board, card, key) for key in shown),
        more=tuple(field_input(board, card, key) for key in rest),
        ticks=ticks_of(board, card),
        forms=forms_for(board, card) if card.readable else (),
        notes=card.body,
        block=f"{label.since} · {label.text}" if (label := block_label(card)) else "",
    )


def ticks_of(board: Board, card: Card) -> tuple[Tick, ...]:
    """What a person may tick on the card: what its column asks to be done, then what the next ones ask to enter."""
    found: dict[str, Tick] = {}
    own = board.column_of(card)
    columns = board.config.open_columns
    later = columns[columns.index(own) + 1 :] if own in columns else ()
    for column, requirements, key in (
        *((own, asked, key) for asked, key in ((own.dor, "dor"), (own.dod, "dod"))),
        *((one, one.dor, "dor") for one in later[:1]),
    ):
        for one in requirements:
            if one.effective_check == "ticked" and one.id not in found:
                ticked = one.id in (card.dor if key == "dor" else card.dod)
                found[one.id] = Tick(one.id, one.text, ticked, column.title, key)
    return tuple(found.values())
