"""Gestures of the card under the cursor, each asked for in a form where it asks for anything."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from textual import events, work
from textual.app import App
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import Worker

from kanban.errors import KanbanError
from kanban.hands import inputs as asked
from kanban.hands.desk import Desk
from kanban.hands.outcome import Outcome, refusal_of
from kanban.hands.places import ASKS, Place
from kanban.hands.wall import CardHere, Wall
from kanban.i18n import _
from kanban.paper.plain import safe
from kanban.terminal.faces import outcome_said, place_said, refusal_said
from kanban.terminal.forms import Fields, Form, Ticks
from kanban.terminal.lines import Answer, NewCard
from kanban.terminal.meeting import MeetingScreen

T = TypeVar("T")
G = TypeVar("G", bound="Gesturing")
P = ParamSpec("P")
_Action = Callable[Concatenate[G, P], Coroutine[Any, Any, None]]


def in_turn(action: _Action[G, P]) -> Callable[Concatenate[G, P], Worker[None]]:
    """A gesture in the background. The next one waits for its end: none is cut off, and each is told."""

    @wraps(action)
    async def waited(self: G, /, *words: P.args, **more: P.kwargs) -> None:
        async with self.turn:
            await action(self, *words, **more)

    return work(group="gesture")(waited)


def opening(action: _Action[G, P]) -> Callable[Concatenate[G, P], None]:
    """An action that puts a screen up (`put_up`): keys that are typed while it is on its way are meant for it.

    On the board each of them would be a gesture of its own. Where no screen comes they are let go. While the board is
    being shared, which may take long and may ask something, nothing is put up.
    """

    async def guarded(self: G, /, *words: P.args, **more: P.kwargs) -> None:
        try:
            await action(self, *words, **more)
        finally:
            self.ahead = None

    started = in_turn(guarded)

    @wraps(action)
    def begin(self: G, /, *words: P.args, **more: P.kwargs) -> None:
        if self.sharing:
            self.said.update(_("sharing…"))
        elif self.ahead is None:
            self.ahead = []
            started(self, *words, **more)

    return begin


class Gesturing(App[None]):
    """What makes gestures at a desk; what is under the cursor, and how it is shown, is its child's.

    `ahead` is what is typed while a screen is on its way; None while none is. `turn` has the gesture that is made.
    """

    class Changed(Message):
        """The board is no longer what is shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.wall: Wall = desk.wall()
        self.said = Static(markup=False, id="said")
        self.ahead: list[events.Key | events.Paste] | None = None
        self.turn = asyncio.Lock()
        self.sharing = False

    async def on_event(self, event: events.Event) -> None:
        """What is typed goes to the screen that is on its way; nowhere before the first one and after the last."""
        if not isinstance(event, events.Key | events.Paste):
            await super().on_event(event)
        elif self.ahead is not None:
            self.ahead.append(event)
        elif self.screen_stack:
            await super().on_event(event)

    async def put_up(self, screen: Screen[T]) -> T | None:
        """Show a screen, with what was typed while it was on its way, and wait for what it ends with."""
        self.ahead = self.ahead or []
        self.run_worker(self._hand_over(screen))
        return await self.push_screen_wait(screen)

    async def _hand_over(self, screen: Screen[T]) -> None:
        for _again in range(200):
            if screen.is_running and screen.focused is not None:
                break
            await asyncio.sleep(0.01)
        typed, self.ahead = self.ahead or (), None
        for one in typed:
            again = events.Key(one.key, one.character) if isinstance(one, events.Key) else events.Paste(one.text)
            self.post_message(again)

    @property
    def chosen(self) -> CardHere | None:
        """The card under the cursor; None where no board is shown, as here."""
        return None

    async def follow(self, outcome: Outcome) -> None:
        """Say what came of a gesture, and put the cursor on its card: where that stands is its child's to know."""
        self.tell(outcome)

    def tell(self, outcome: Outcome) -> None:
        """Say what came of a gesture."""
        self.said.update(outcome_said(outcome))
        self.post_message(self.Changed())

    @opening
    async def action_form(self, gesture: str) -> None:
        """A form of the card under the cursor."""
        card = self.chosen
        if card is None:
            return
        pane = await asyncio.to_thread(self.desk.pane, card.id)
        form = next((one for one in pane.forms if one.gesture == gesture), None)
        if form is None:
            self.said.update(_("{card}: this cannot be done to it as it stands").format(card=card.id))
            return
        fields = (*form.inputs, *self._and_move(card)) if gesture == "note" else form.inputs
        await self._ask(
            Form(self.desk, f"{card.label} · {form.title}", gesture, form.words, fields, versions=_seen(card))
        )

    def _and_move(self, card: CardHere) -> Sequence[asked.Input]:
        """What is said on a call often moves the card: one form, one commit."""
        choices = tuple(asked.Choice(one.key, one.title) for one in self.wall.columns if one.key != card.column)
        return [asked.Input("column", _("Move to"), asked.CHOICE, choices=choices)]

    @opening
    async def action_fields(self) -> None:
        """Every field of the card."""
        if (card := self.chosen) is not None:
            pane = await asyncio.to_thread(self.desk.pane, card.id)
            fields = (*pane.fields, *pane.more)
            await self._ask(Fields(self.desk, card.label, "set", {"card": card.id}, fields, versions=_seen(card)))

    @opening
    async def action_ticks(self) -> None:
        """The ticks of the card."""
        if (card := self.chosen) is not None:
            pane = await asyncio.to_thread(self.desk.pane, card.id)
            await self._ask(Ticks.of(self.desk, card, pane))

    @opening
    async def action_new(self) -> None:
        """A new card."""
        outcome = await self.put_up(NewCard(self.desk))
        if outcome is not None:
            await self.follow(outcome)

    @in_turn
    async def action_undo(self) -> None:
        """Take back one's last gesture."""
        self.tell(await asyncio.to_thread(self.desk.undo))

    @in_turn
    async def action_share(self) -> None:
        """Take in the others' work and share one's own; what only a person can decide is asked."""
        self.said.update(_("sharing…"))
        self.sharing = True
        try:
            await self._share()
        finally:
            self.sharing = False

    async def _share(self) -> None:
        takes: list[str] = []
        shared = await asyncio.to_thread(self.desk.share, takes)
        while shared.questions:
            question = shared.questions[0]
            answer = await self.push_screen_wait(Answer(question))
            if answer is None:
                self.said.update(_("nothing was shared"))
                return
            takes.append(f"{question.name}={answer}")
            shared = await asyncio.to_thread(self.desk.share, takes)
        said = refusal_said(shared.refused) if shared.refused else Content("\n".join(map(safe, shared.lines)))
        self.said.update(said)
        self.post_message(self.Changed())

    @opening
    async def action_meet(self, name: str) -> None:
        """A meeting, one item after the other."""
        try:
            meeting = await asyncio.to_thread(self.desk.meeting, name)
        except KanbanError as error:
            self.said.update(refusal_said(refusal_of(error)))
            return
        await self.put_up(MeetingScreen(self.desk, meeting, self.put_up))
        self.post_message(self.Changed())

    async def _ask(self, form: Form) -> None:
        outcome = await self.put_up(form)
        if outcome is not None:
            self.tell(outcome)


def opening_form(desk: Desk, held: CardHere, place: Place) -> Form | None:
    """What opens the place: what it asks for, or where it is shut a reason to do it all the same; None: nothing."""
    words, fields = place.words, (*place.inputs, *place.optional)
    if place.state != ASKS:
        if not place.may_force:
            return None
        why = _("To do it all the same, say why; the commit records it")
        words, fields = {**words, "force": True}, (asked.Input("reason", why, needed=True),)
    title = f"{held.label} → {place.title}"
    return Form(desk, title, place.gesture, words, fields, said=place_said(place), versions=_seen(held))


def _seen(card: CardHere) -> dict[str, str]:
    return {card.id: card.version}
