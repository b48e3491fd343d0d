"""The board in the terminal: what the keys and the mouse do to it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any, ClassVar

from textual import events, on
from textual.app import App, ComposeResult, SystemCommand
from textual.containers import Horizontal
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.widgets import Footer, OptionList, Static

from kanban.errors import KanbanError
from kanban.hands.desk import Desk
from kanban.hands.outcome import Outcome, refusal_of
from kanban.hands.places import FREE, HERE, Place
from kanban.hands.wall import LANES, CardHere, lanes
from kanban.hands.watching import Watch
from kanban.i18n import _
from kanban.terminal.columns import Cards, Column
from kanban.terminal.faces import changed_said, head_said, on_light_ground, place_said, refusal_said
from kanban.terminal.forms import Form
from kanban.terminal.gesturing import Gesturing, in_turn, opening, opening_form
from kanban.terminal.help import Help
from kanban.terminal.keys import KEYS, OF_A_CARD
from kanban.terminal.lines import Filter, Search
from kanban.terminal.palette import CardCommands
from kanban.terminal.pane import CardPane

NARROWEST = 26
"""Characters of the narrowest column."""


class Board(Gesturing):
    """A desk on a terminal.

    A card is held with space, by `held` and the verdict on each column in `places`; arrows, a click or the mouse's way
    lead it, space or enter puts it down, escape lets it go.
    """

    CSS_PATH = "board.tcss"
    COMMANDS: ClassVar[set[Any]] = App.COMMANDS | {CardCommands}
    ENABLE_COMMAND_PALETTE = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.only = ""
        self.by = ""
        """What lanes go by; "" while there are none."""
        self.held: CardHere | None = None
        self.places: dict[str, Place] = {}
        self.only_shows = desk.only_shows
        self._pressed = ""
        self._reading = asyncio.Lock()
        self._head = Static(markup=False, id="head")
        self._watch = Watch(desk, self._moved)
        self.theme = "textual-light" if on_light_ground() else "textual-dark"
        for key in KEYS:
            self.bind(key.keys, key.action, description=key.title, show=key.shown, key_display=key.typed.split()[0])

    def compose(self) -> ComposeResult:
        """What the day is, the columns, the open card, what was said last, the keys."""
        yield self._head
        with Horizontal(id="middle"):
            with Horizontal(id="columns"):
                for here in (*self.wall.columns, *self.wall.exits):
                    yield Column(here)
            yield CardPane()
        yield self.said
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Begin to follow the board."""
        self.board.query_one(CardPane).display = False
        self.on_resize()
        self._tell_head()
        self._watch.start()
        next(iter(self.board.query(Column))).cards.focus()

    def on_resize(self) -> None:
        """As many columns side by side as there is room for, all of one width."""
        if not self.columns:  # told before anything is there
            return
        room = max(self.board.query_one("#columns").size.width or self.size.width, NARROWEST)
        self.board.query(Column).set_styles(
            width=max(NARROWEST, room // min(len(self.wall.columns), room // NARROWEST))
        )

    def on_unmount(self) -> None:
        """No longer."""
        self._watch.stop()

    # --- what is shown

    @property
    def board(self) -> Screen[Any]:
        """The screen with the columns, whatever form lies over it."""
        return self.screen_stack[0]

    @property
    def columns(self) -> list[Column]:
        """The columns, from left to right."""
        return list(self.board.query(Column)) if self.screen_stack else []

    @property
    def column(self) -> Column:
        """The column that has the keys."""
        return next((one for one in self.columns if one.has_focus_within), self.columns[0])

    @property
    def chosen(self) -> CardHere | None:
        """The card under the cursor."""
        return self.column.chosen

    async def follow(self, outcome: Outcome) -> None:
        """The keys that come next are meant for the card that was put down, unless the cursor left its column."""
        was = self.column if self.columns else None  # closed meanwhile
        self.tell(outcome)
        await self.reload()
        if outcome.ok and outcome.cards and self.held is None and self.columns and self.column is was:
            self._reach(outcome.cards[0])

    @on(Gesturing.Changed)
    async def reload(self) -> None:
        """Read the board again and show it; nothing that is typed elsewhere is touched."""
        async with self._reading:
            await self._reload()

    async def _reload(self) -> None:
        try:
            wall = await asyncio.to_thread(self.desk.wall, self.only)
        except KanbanError as error:
            self.said.update(refusal_said(refusal_of(error)))
            return
        if not self.columns:  # closed meanwhile
            return
        self.wall = wall
        now = (*wall.columns, *wall.exits)
        if [one.here.key for one in self.columns] != [one.key for one in now]:
            await self.board.query_one("#columns").remove_children()
            await self.board.query_one("#columns").mount_all([Column(here) for here in now])
            self.on_resize()
        cut = lanes(wall, self.by) if self.by else ()
        for column, here in zip(self.columns, now, strict=True):
            column.fill(here, self.held.id if self.held else "", cut)
        if self.held is not None:
            await self._hold_on(self.held)
        self._tell_head()
        await self._show_pane()

    def _moved(self) -> None:
        """Told from another thread."""
        self.post_message(self.Changed())

    def _tell_head(self) -> None:
        self._head.update(head_said(self.wall, self.only, self.by, self.desk.unshared(), only_shows=self.only_shows))

    async def _show_pane(self) -> None:
        if not self.screen_stack or not self.board.query(CardPane):  # closed meanwhile
            return
        pane = self.board.query_one(CardPane)
        if pane.display and self.chosen is not None:
            try:
                await pane.show(await asyncio.to_thread(self.desk.pane, self.chosen.id))
            except KanbanError:
                return

    @on(OptionList.OptionHighlighted)
    async def _cursor_moved(self) -> None:
        await self._show_pane()

    # --- where the cursor is

    def action_column(self, by: int) -> None:
        """To the next column, or back."""
        columns = self.columns
        self._enter(columns[(columns.index(self.column) + by) % len(columns)])

    def _enter(self, column: Column) -> None:
        column.cards.focus()
        column.scroll_visible()
        if self.held is not None and (place := self.places.get(column.here.key)):
            self.said.update(place_said(place))

    def go_to(self, card: str) -> None:
        """Put the cursor on a card, wherever it stands; open one that is not shown."""
        if not self._reach(card):
            self.run_worker(self._open(card))

    def _reach(self, card: str) -> bool:
        found = next((column for column in self.columns if column.choose(card)), None)
        if found is not None:
            self._enter(found)
        return found is not None

    async def _open(self, card: str) -> None:
        pane = self.board.query_one(CardPane)
        pane.display = True
        await pane.show(await asyncio.to_thread(self.desk.pane, card))
        self.call_after_refresh(self._make_room)

    async def action_open(self) -> None:
        """Open the card beside the columns, or close it; while one is held: put it down here."""
        if self.held is not None:
            self.put_down(self.column)
            return
        pane = self.board.query_one(CardPane)
        pane.display = not pane.display
        await self._show_pane()
        self.call_after_refresh(self._make_room)

    def _make_room(self) -> None:
        """What the open card leaves is the columns'."""
        self.on_resize()
        self.call_after_refresh(self.column.scroll_visible, animate=False)

    @on(OptionList.OptionSelected)
    async def _selected(self, event: OptionList.OptionSelected) -> None:
        if isinstance(event.option_list, Cards):  # a list of another screen may have left with it by now
            await self.action_open()

    # --- a card that is held

    async def action_hold(self) -> None:
        """Take the card under the cursor; one that is held is put down."""
        if self.held is not None:
            self.put_down(self.column)
        elif self.chosen is not None:
            await self._hold(self.chosen.id)

    async def _hold(self, card: str) -> None:
        found = next((one for one in self.wall.cards if one.id == card), None)
        if found is None:
            self.action_let_go()
            return
        self.held = found
        try:
            self.places = {one.column: one for one in await asyncio.to_thread(self.desk.places, card)}
        except KanbanError as error:  # it went while it was taken, or the board cannot be read just now
            self.action_let_go()
            self.said.update(refusal_said(refusal_of(error)))
            return
        for column in self.columns:
            column.mark(self.places.get(column.here.key))
            column.fill_held(card)
        if place := self.places.get(self.column.here.key):
            self.said.update(place_said(place))

    async def _hold_on(self, before: CardHere) -> None:
        """The card in the hand, as it is now; what others changed on it meanwhile is said."""
        await self._hold(before.id)
        if self.held is not None and self.held.version != before.version:
            found = await asyncio.to_thread(self.desk.changes, before.id, before.version)
            self.said.update(changed_said(before.label, found))

    def action_let_go(self) -> None:
        """Leave the held card where it stands; close what is open."""
        if self.held is None:
            self.board.query_one(CardPane).display = False
            self.call_after_refresh(self._make_room)
            return
        self.held, self.places, self._pressed = None, {}, ""
        for column in self.columns:
            column.mark(None)
            column.fill_held("")
        self.said.update("")

    def put_down(self, column: Column) -> None:
        """Put the held card into a column, once what that asks for is filled in."""
        held, place = self.held, self.places.get(column.here.key)
        if held is None or place is None:
            return
        if place.state in (HERE, FREE):
            self.action_let_go()  # it is out of the hand: the same key once more takes up the next one
            if place.state == FREE:
                self._put(held, place)
        elif form := opening_form(self.desk, held, place):
            self._put_once_filled_in(form)
        else:
            self.said.update(place_said(place))

    @in_turn
    async def _put(self, held: CardHere, place: Place) -> None:
        versions = {held.id: held.version}
        await self.follow(await asyncio.to_thread(self.desk.make, place.gesture, place.words, versions=versions))

    @opening
    async def _put_once_filled_in(self, form: Form) -> None:
        outcome = await self.put_up(form)
        if outcome is not None:
            self.action_let_go()
            await self.follow(outcome)

    async def action_pull(self, by: int) -> None:
        """The card under the cursor into the next column, or the one before."""
        columns, card = self.columns, self.chosen
        at = columns.index(self.column) + by
        if card is None or not 0 <= at < len(columns):
            return
        await self._hold(card.id)
        self.put_down(columns[at])

    @on(Column.Taken)
    def _taken(self, event: Column.Taken) -> None:
        self._pressed = "" if self.only_shows else event.card

    @on(Column.Over)
    async def _over(self, event: Column.Over) -> None:
        """The mouse leads a card away from its column."""
        if not self._pressed or event.column is self._home(self._pressed):
            return
        if self.held is None:
            await self._hold(self._pressed)
        self._enter(event.column)

    @on(Column.PutDown)
    def _put_down(self, event: Column.PutDown) -> None:
        pressed, self._pressed = self._pressed, ""
        if pressed and self.held is not None and self.held.id == pressed:
            self.put_down(event.column)

    def _home(self, card: str) -> Column | None:
        return next((one for one in self.columns if any(here.id == card for here in one.here.cards)), None)

    # --- finding

    @opening
    async def action_search(self) -> None:
        """Words everywhere."""
        found = await self.put_up(Search(self.desk))
        if found is not None:
            self.go_to(found.id)

    @opening
    async def action_filter(self) -> None:
        """Which cards are shown."""
        only = await self.put_up(Filter(self.only))
        if only is None:
            return
        before, self.only = self.only, only
        try:
            await asyncio.to_thread(self.desk.wall, only)
        except KanbanError as error:
            self.only = before
            self.said.update(refusal_said(refusal_of(error)))
            return
        self.said.update("")
        await self.reload()

    async def action_lanes(self) -> None:
        """Lanes by the next thing they may go by; after the last one, none."""
        choices = ["", *LANES]
        self.by = choices[(choices.index(self.by) + 1) % len(choices)]
        await self.reload()

    # --- the screen

    def action_dark(self) -> None:
        """Light on dark, or dark on light."""
        self.theme = "textual-dark" if self.theme == "textual-light" else "textual-light"

    def action_keys(self) -> None:
        """All keys, and what the signs mean."""
        self.push_screen(Help())

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Everything that has a key, by name."""
        for key in KEYS:
            yield SystemCommand(key.title, key.help, lambda key=key: self.run_action(key.action))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys of the board do nothing while a form has the screen, and those of a card nothing without one."""
        if len(self.screen_stack) > 1 and action in {key.action.partition("(")[0] for key in KEYS}:
            return False
        if self.only_shows and any(key.changes for key in KEYS if key.action.partition("(")[0] == action):
            return False
        try:
            return not (action in OF_A_CARD and self.chosen is None)
        except (NoMatches, IndexError):
            return True

    def on_key(self, event: events.Key) -> None:
        """While a card is held, up and down keep to the column; nothing else is lost."""
        if len(self.screen_stack) > 1:
            return
        if event.key == "escape":
            event.stop()
            self.action_let_go()
        elif self.only_shows and any(event.key in one.keys.split(",") for one in KEYS if one.changes):
            self.said.update(_("this board is shown to be read only"))
