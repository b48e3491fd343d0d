"""Forms over the board: what a gesture asks for, told while it is typed, and never lost when it is refused."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.timer import Timer
from textual.widgets import Button, Checkbox, Input, Select, Static, TextArea

from kanban.hands import inputs as asked
from kanban.hands.desk import Desk
from kanban.hands.outcome import Outcome
from kanban.hands.pane import Pane
from kanban.hands.wall import CardHere
from kanban.i18n import _
from kanban.paper.plain import one_line
from kanban.terminal.faces import outcome_said
from kanban.terminal.saving import Saving

PAUSE = 0.25
"""Seconds without a key before what was typed is tried."""


class TickBox(Checkbox):
    """A tick box that shows its tick, not a colour alone."""

    def __init__(self, label: str) -> None:
        super().__init__(Content(label), compact=True)
        self._draw()

    def watch_value(self) -> None:
        """Draw it anew."""
        self._draw()
        super().watch_value()

    def _draw(self) -> None:
        self.BUTTON_INNER = "✓" if self.value else " "
        self.refresh(layout=True)


class Field(Vertical):
    """One thing to fill in: its label, and the widget that fits its kind."""

    def __init__(self, one: asked.Input) -> None:
        super().__init__(classes="field")
        self.one = one
        self.widget = _widget(one)

    def compose(self) -> ComposeResult:
        """Label and widget; a tick box is its own label."""
        if not isinstance(self.widget, Checkbox):
            name = one_line(self.one.label) + (" *" if self.one.needed else "")
            yield Static(Content(name), markup=False, classes="label")
        yield self.widget

    @property
    def typed(self) -> str:
        """What stands in it."""
        if isinstance(self.widget, Checkbox):
            return self.one.value if self.widget.value else ""
        if isinstance(self.widget, Select):
            return "" if self.widget.selection is None else str(self.widget.selection)
        return self.widget.text if isinstance(self.widget, TextArea) else self.widget.value


def _widget(one: asked.Input) -> Input | Select[str] | TextArea | Checkbox:
    values = [choice.value for choice in one.choices]
    if one.kind == asked.YES:
        return TickBox(one_line(one.label))
    if one.kind == asked.LONG:
        return TextArea(one.value, tab_behavior="focus", classes="long", compact=True)
    if one.kind == asked.CHOICE and one.choices and (not one.value or one.value in values):
        options = [(one_line(choice.label), choice.value) for choice in one.choices]
        return Select(options, value=one.value or Select.NULL, prompt="", compact=True)
    hint = one.hint or ", ".join(one_line(choice.label) for choice in one.choices)
    suggester = SuggestFromList(values, case_sensitive=False) if values else None
    return Input(one.value, placeholder=hint, suggester=suggester, compact=True)


class Form(Saving):
    """A gesture, what it asks for, and what would come of it. Ends with what was done, or None when it is left.

    A refusal is shown where the hand is and leaves everything typed. When the card was changed meanwhile that is said
    too; typing on and saving once more is then meant for the card as it is now.
    """

    AUTO_FOCUS = "Field > *, Button"
    """The first field has the keys."""
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "save", show=False, priority=True)]

    def __init__(
        self,
        desk: Desk,
        title: str,
        gesture: str,
        words: Mapping[str, Any],
        fields: Iterable[asked.Input],
        *,
        said: Content | None = None,
        versions: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__()
        self.desk, self.gesture, self.words, self.versions = desk, gesture, words, versions
        self._title, self._said = title, said
        self.fields = [Field(one) for one in fields]
        self._answer = Static(markup=False, classes="answer")
        self._waiting: Timer | None = None

    def compose(self) -> ComposeResult:
        """Title, reasons, fields, what would come of it, buttons."""
        with VerticalScroll(classes="form"):
            yield Static(Content.styled(one_line(self._title), "bold"), markup=False)
            if self._said is not None:
                yield Static(self._said, markup=False, classes="said")
            yield from self.fields
            yield self._answer
            with Horizontal(classes="buttons"):
                yield Button(_("Save (Ctrl+S)"), variant="primary", id="save")
                yield Button(_("Leave (Esc)"), id="leave")

    def typed_words(self) -> dict[str, Any]:
        """The gesture's words as far as they are filled in."""
        return asked.filled(self.words, [(field.one, field.typed) for field in self.fields])

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Select.Changed)
    @on(Checkbox.Changed)
    def _soon(self) -> None:
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = self.set_timer(PAUSE, self.try_out)

    @work(exclusive=True, group="try")
    async def try_out(self) -> None:
        """Say what would come of it."""
        words = self.typed_words()
        if words != dict(self.words):
            self._answer.update(
                outcome_said(await asyncio.to_thread(self.desk.rehearse, self.gesture, words), rehearsed=True)
            )

    @on(Input.Submitted)
    @on(Button.Pressed, "#save")
    def asked_to_save(self) -> None:
        """By Enter, or by the mouse."""
        self.action_save()

    @work(group="save")
    async def save(self) -> None:
        """Make the gesture; what was refused stays on the screen."""
        if self._waiting is not None:
            self._waiting.stop()
        self.workers.cancel_group(self, "try")  # its answer would stand over a refusal
        outcome = await asyncio.to_thread(self.make)
        if outcome.refused is None:
            self.dismiss(outcome)
            return
        if outcome.refused.changed:
            self.versions = None
        self._answer.update(outcome_said(outcome))
        self._answer.scroll_visible()

    def make(self) -> Outcome:
        """Make the gesture, in another thread."""
        return self.desk.make(self.gesture, self.typed_words(), versions=self.versions)

    @on(Button.Pressed, "#leave")
    def asked_to_leave(self) -> None:
        """By the mouse."""
        self.action_leave()


class Fields(Form):
    """Every field of a card; those that were changed are set, in one commit."""

    def typed_words(self) -> dict[str, Any]:
        """The fields that are not as they were; an emptied one is taken out of the card."""
        changed = [
            f"{field.one.before}{field.typed.strip()}"
            for field in self.fields
            if field.typed.strip() != field.one.value
        ]
        return {**self.words, "assignments": tuple(changed)} if changed else dict(self.words)


class Ticks(Form):
    """The lines of the Definitions that a person ticks; new ticks and those taken away are a commit each."""

    @classmethod
    def of(cls, desk: Desk, card: CardHere, pane: Pane) -> Ticks:
        """Every tick of the card, as it stands."""
        fields = [
            asked.Input("ticks", f"{tick.text} · {tick.column}", asked.YES, "x" * tick.ticked, tick.id)
            for tick in pane.ticks
        ]
        form = cls(desk, card.label, "tick", {"card": card.id}, fields, versions={card.id: card.version})
        for field, tick in zip(form.fields, pane.ticks, strict=True):
            if isinstance(field.widget, Checkbox):
                field.widget.value = tick.ticked
        return form

    def typed_words(self) -> dict[str, Any]:
        """What is newly ticked; nothing is rehearsed of ticks taken away."""
        return {**self.words, "ticks": tuple(new)} if (new := self._turned(on=True)) else dict(self.words)

    def make(self) -> Outcome:
        """Set and take away."""
        last = Outcome("tick")
        for ticks, off in ((self._turned(on=True), False), (self._turned(on=False), True)):
            if ticks and last.refused is None:
                last = self.desk.make("tick", {**self.words, "ticks": ticks, "off": off})
        return last

    def _turned(self, *, on: bool) -> tuple[str, ...]:
        boxes = [(field.one, field.widget) for field in self.fields if isinstance(field.widget, Checkbox)]
        return tuple(one.value for one, box in boxes if box.value is on and bool(one.before) is not on)
