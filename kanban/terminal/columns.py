"""One column on the screen: its head, and below it the cards, chosen by keys or mouse, dragged by mouse."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kanban.hands.places import Place
from kanban.hands.wall import CardHere, ColumnHere, Lane
from kanban.terminal.faces import card_face, column_head, lane_head

MOST_CLOSED = 30
"""Cards shown of a column in which cards end: the others are found by search."""


class Cards(OptionList):
    """The cards of one column."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
    ]


class Column(Vertical):
    """A column. It tells when the mouse takes a card (`Taken`) and when it is let go over it (`PutDown`)."""

    class Taken(Message):
        """The mouse is held down over a card."""

        def __init__(self, card: str) -> None:
            self.card = card
            super().__init__()

    class Over(Message):
        """The mouse passes over the column with its button held down."""

        def __init__(self, column: Column) -> None:
            self.column = column
            super().__init__()

    class PutDown(Message):
        """The mouse is let go over the column."""

        def __init__(self, column: Column) -> None:
            self.column = column
            super().__init__()

    def __init__(self, here: ColumnHere) -> None:
        super().__init__(classes="open" if here.is_open else "exit")
        self.here = here
        self._held = ""
        self._rows: list[CardHere | None] = []
        """What stands in the list, from the top: cards, and None for the name of a lane."""
        self._head = tuple(Static(markup=False, classes=name) for name in ("title", "count", "sums"))
        self.cards = Cards(markup=False)

    def compose(self) -> ComposeResult:
        """Head and cards."""
        title, count, sums = self._head
        with Vertical(classes="head"):
            with Horizontal():
                yield title
                yield count
            yield sums
        yield self.cards

    def on_mount(self) -> None:
        """Fill it."""
        self.fill(self.here)

    @property
    def chosen(self) -> CardHere | None:
        """The card under the cursor."""
        at = self.cards.highlighted
        return self._rows[at] if at is not None and at < len(self._rows) else None

    def fill(self, here: ColumnHere, held: str = "", lanes: Iterable[Lane] = ()) -> None:
        """Show the column as it is now, cut into lanes if any; the cursor stays on its card, or where it was."""
        chosen, at = self.chosen, self.cards.highlighted or 0
        self.here, self._held = here, held
        self._tell()
        cut = [(lane.label, lane.cards.get(here.key, ())) for lane in lanes] if here.is_open else []
        parts = [one for one in cut if one[1]] or [("", here.cards if here.is_open else here.cards[:MOST_CLOSED])]
        self._rows = []
        options: list[Option | None] = []
        for name, cards in parts:
            if name:
                self._rows.append(None)
                options.append(Option(lane_head(name, len(cards)), disabled=True))
            self._rows += cards
            options += [one for card in cards for one in (Option(card_face(card, held=card.id == held)), None)]
        self.cards.set_options(options)
        ids = [card.id if card else "" for card in self._rows]
        if any(ids):
            self.cards.highlighted = ids.index(chosen.id) if chosen and chosen.id in ids else min(at, len(ids) - 1)
            if self.chosen is None:
                self.cards.action_cursor_down()

    def fill_held(self, held: str) -> None:
        """Show which card is held, where that one stands or stood."""
        for at, card in enumerate(self._rows):
            if card is not None and card.id in (held, self._held):
                self.cards.replace_option_prompt_at_index(at, card_face(card, held=card.id == held))
        self._held = held

    def choose(self, card: str) -> bool:
        """Put the cursor on a card; False when it is not shown here."""
        for at, one in enumerate(self._rows):
            if one is not None and one.id == card:
                self.cards.highlighted = at
                return True
        return False

    def mark(self, place: Place | None) -> None:
        """Say at the head whether the card that is held may be put down here; None: no card is held."""
        self._tell(place)
        self.set_classes(["open" if self.here.is_open else "exit", *([f"place-{place.state}"] if place else [])])

    def _tell(self, place: Place | None = None) -> None:
        for part, text in zip(self._head, column_head(self.here, place), strict=True):
            part.update(text)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take the card under the pointer."""
        at = event.style.meta.get("option")
        card = self._rows[at] if event.button == 1 and at is not None and at < len(self._rows) else None
        if card is not None:
            self.post_message(self.Taken(card.id))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """A card may be on its way."""
        if event.button == 1:
            self.post_message(self.Over(self))

    def on_mouse_up(self, _event: events.MouseUp) -> None:
        """Perhaps a card is put down."""
        self.post_message(self.PutDown(self))
