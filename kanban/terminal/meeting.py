"""A meeting at the board: one item after the other, with a clock; each decision is a gesture, the end lists them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kanban.hands.desk import Desk
from kanban.hands.meeting import Answer, Meeting
from kanban.hands.outcome import Outcome
from kanban.i18n import _
from kanban.paper.plain import one_line, safe
from kanban.terminal.faces import outcome_said
from kanban.terminal.forms import Form

_LIGHTS = {"red": "$text-error", "amber": "$text-warning"}


class MeetingScreen(ModalScreen[None]):
    """Walks through the agenda. A decision is taken by its letter, by arrows and enter, or by the mouse."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "end", show=False)]

    def __init__(self, desk: Desk, meeting: Meeting, put_up: Callable[[Form], Awaitable[Outcome | None]]) -> None:
        super().__init__()
        self.desk, self.meeting, self._put_up = desk, meeting, put_up
        self._deciding = False
        self.at = 0
        self.decided: list[str] = []
        self._began = time.monotonic()
        self._head = Static(markup=False, classes="head")
        self._item = Static(markup=False)
        self._answer = Static(markup=False, classes="answer")
        self._choices = OptionList(markup=False)

    def compose(self) -> ComposeResult:
        """Title and clock, the item, its decisions, what was refused."""
        with VerticalScroll(classes="form meeting"):
            yield self._head
            yield self._item
            yield self._choices
            yield self._answer

    def on_mount(self) -> None:
        """Begin."""
        self.set_interval(1, self._tick)
        self._tick()
        self._show()

    @property
    def _over(self) -> bool:
        return self.at >= len(self.meeting.items)

    def _tick(self) -> None:
        """The clock says how long the meeting has taken, and how long it was meant to."""
        minutes, seconds = divmod(int(time.monotonic() - self._began), 60)
        late = minutes >= self.meeting.minutes
        clock = Content.styled(
            f"{minutes:02}:{seconds:02} / {self.meeting.minutes}:00", "bold $text-error" if late else ""
        )
        self._head.update(Content.assemble(Content.styled(one_line(self.meeting.title), "bold"), "  ", clock))

    def _show(self) -> None:
        self._answer.update("")
        if self._over:
            lines = [f"{at}. {safe(line)}" for at, line in enumerate(self.decided, 1)] or [_("Nothing was changed.")]
            self._item.update(Content("\n").join([Content.styled(_("Decided today"), "bold"), *map(Content, lines)]))
            self._choices.set_options([Option(Content(_("Close")))])
        else:
            one = self.meeting.items[self.at]
            place = f"{self.at + 1} / {len(self.meeting.items)} · {one_line(one.section)}"
            head = Content.styled(one_line(one.head), f"bold {_LIGHTS.get(one.light, '')}".strip())
            self._item.update(Content("\n").join([Content(place), head, *(Content(safe(line)) for line in one.lines)]))
            self._choices.set_options([Option(Content(f"{key}  {one_line(label)}")) for key, label in self._keys()])
        self._choices.highlighted = 0
        self._choices.focus()

    def _keys(self) -> list[tuple[str, str]]:
        """Every letter that does something to the item, and its words."""
        decisions = [(one.letter, one.label) for one in self.meeting.items[self.at].answers]
        back = [("b", _("back"))] if self.at else []
        return [*decisions, ("s", _("next one")), *back, ("q", _("end it"))]

    def on_key(self, event: events.Key) -> None:
        """A letter is its decision."""
        if not self._over and event.character and event.character in dict(self._keys()):
            event.stop()
            self._choose(event.character)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        if self._over:
            self.dismiss(None)
        else:
            self._choose(self._keys()[event.option_index][0])

    def _choose(self, letter: str) -> None:
        found = next((one for one in self.meeting.items[self.at].answers if one.letter == letter), None)
        if self._deciding:  # one is being recorded: pressed twice is not meant twice
            return
        if found is not None:
            self._deciding = True
            self._decide(found)
        elif letter == "q":
            self.action_end()
        else:
            self.at += -1 if letter == "b" else 1
            self._show()

    @work(group="gesture")
    async def _decide(self, answer: Answer) -> None:
        if answer.inputs:
            form = Form(self.desk, answer.label, answer.gesture, answer.words, answer.inputs)
            outcome = await self._put_up(form)
        else:
            outcome = await asyncio.to_thread(self.desk.make, answer.gesture, answer.words)
        self._deciding = False
        if outcome is not None:
            self._tell(outcome)

    def _tell(self, outcome: Outcome) -> None:
        if outcome.refused is not None:
            self._answer.update(outcome_said(outcome))
            return
        self.decided += [line for line in outcome.done if not line.startswith("  ")]
        self.at += 1
        self._show()

    def action_end(self) -> None:
        """What was decided; from there, back to the board."""
        if self._over:
            self.dismiss(None)
            return
        self.at = len(self.meeting.items)
        self._show()
