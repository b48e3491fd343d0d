"""Screens of one line: a new card, a search, a filter."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Select, Static
from textual.widgets.option_list import Option

from kanban.hands.desk import Desk, Understood
from kanban.hands.finding import Found
from kanban.hands.sharing import Question
from kanban.i18n import _
from kanban.paper.plain import one_line, safe
from kanban.terminal.faces import labelled, outcome_said
from kanban.terminal.saving import Saving

_LEAVE: list[BindingType] = [Binding("escape", "leave", show=False)]


class NewCard(Saving):
    """A new card by one line, shown taken apart before it is saved; what can be read in several ways is asked."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("down", "into_list", show=False)]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._line = Input(placeholder=_("ACME, demo tomorrow 10am, 28k 40% #referral @owner"))
        self._template = Select[str]((), prompt=_("No template"), compact=True)
        self._answer = Static(markup=False, classes="answer")
        self._readings = OptionList(markup=False)
        self._meant: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """The line, what it is made from, what it says, and what it may mean."""
        with Vertical(classes="form"):
            yield Static(Content.styled(_("New card"), "bold"), markup=False)
            yield self._line
            yield self._template
            yield self._answer
            yield self._readings

    async def on_mount(self) -> None:
        """Nothing is in doubt yet; which templates there are is asked while the line is typed."""
        self._readings.display = False
        self.run_worker(self._offer())

    async def _offer(self) -> None:
        templates = await asyncio.to_thread(self.desk.templates)
        self._template.set_options([(one_line(one.label), one.value) for one in templates])

    @on(Input.Changed)
    @on(Select.Changed)
    @work(exclusive=True, group="try")
    async def understand(self) -> None:
        """Take it apart while it is typed."""
        if self._line.value.strip():
            self._tell(await asyncio.to_thread(self.desk.understand, self._line.value, self._made_from))
        else:
            self._answer.update("")
            self._readings.display = False

    @property
    def _made_from(self) -> str:
        return "" if self._template.selection is None else str(self._template.selection)

    def _tell(self, said: Understood) -> None:
        self._answer.update(_taken_apart(said))
        self._meant = tuple(one.value for one in said.readings)
        self._readings.set_options([Option(Content(one_line(one.label))) for one in said.readings])
        self._readings.display = bool(said.readings)

    @on(Input.Submitted)
    def asked_to_save(self) -> None:
        """By Enter."""
        self.action_save()

    @work(group="save")
    async def save(self) -> None:
        """Make the card."""
        said = await asyncio.to_thread(self.desk.understand, self._line.value, self._made_from)
        outcome = said.outcome
        if outcome.refused is None:
            outcome = await asyncio.to_thread(self.desk.make, "new", said.words)
        if outcome.refused is None:
            self.dismiss(outcome)
        elif said.readings:
            self._tell(said)
            self.action_into_list()
        else:
            self._answer.update(outcome_said(outcome))

    @on(OptionList.OptionSelected)
    def mean(self, event: OptionList.OptionSelected) -> None:
        """That is what the line says."""
        self._line.value = self._meant[event.option_index]
        self._line.focus()

    def action_into_list(self) -> None:
        """From the line to what it may mean."""
        if self._readings.display:
            self._readings.highlighted = self._readings.highlighted or 0
            self._readings.focus()


def _taken_apart(said: Understood) -> Content:
    pieces = [labelled(label, value, "bold") for label, value in said.pieces]
    return Content("\n").join([*pieces, outcome_said(said.outcome, rehearsed=True)])


class Search(ModalScreen[Found | None]):
    """Words looked for everywhere, notes and closed cards too; ends with the card that was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [*_LEAVE, Binding("down", "into_list", show=False)]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._found: tuple[Found, ...] = ()

    def compose(self) -> ComposeResult:
        """The words, and the cards in which all of them stand."""
        with Vertical(classes="form"):
            yield Static(Content.styled(_("Search"), "bold"), markup=False)
            yield Input(placeholder=_("accounts, people, notes, closed cards"))
            yield OptionList(markup=False)

    @on(Input.Changed)
    def look(self, event: Input.Changed) -> None:
        """Look while it is typed."""
        self._look(event.value)

    @work(exclusive=True)
    async def _look(self, words: str) -> None:
        self._found = await asyncio.to_thread(self.desk.find, words) if words.strip() else ()
        self.query_one(OptionList).set_options([Option(_line(one)) for one in self._found])

    @on(Input.Submitted)
    @work(exclusive=True)
    async def first(self, event: Input.Submitted) -> None:
        """The best one for what was typed, which may not have been looked for yet."""
        found = await asyncio.to_thread(self.desk.find, event.value) if event.value.strip() else ()
        if found:
            self.dismiss(found[0])

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """That one."""
        self.dismiss(self._found[event.option_index])

    def action_into_list(self) -> None:
        """From the words to what was found."""
        self.query_one(OptionList).focus()

    def action_leave(self) -> None:
        """None of them."""
        self.dismiss(None)


def _line(one: Found) -> Content:
    first = Content.assemble(
        Content.styled(one_line(one.label), "bold"), Content.styled(f"  {one_line(one.column_title)}", "$text-muted")
    )
    return Content.assemble(first, "\n", one_line(one.line))


class Answer(ModalScreen[str | None]):
    """One question in plain words, answered by one of its choices; ends with that choice's value."""

    BINDINGS: ClassVar[list[BindingType]] = _LEAVE

    def __init__(self, question: Question) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        """The question and its choices."""
        with Vertical(classes="form"):
            yield Static(Content.styled(safe(self._question.text), "bold"), markup=False)
            yield OptionList(*[Option(Content(one_line(one.label))) for one in self._question.choices], markup=False)

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """That one."""
        self.dismiss(self._question.choices[event.option_index].value)

    def action_leave(self) -> None:
        """None of them: nothing is shared."""
        self.dismiss(None)


class Filter(ModalScreen[str | None]):
    """Which cards are shown; ends with the condition, "" for all of them."""

    BINDINGS: ClassVar[list[BindingType]] = _LEAVE

    def __init__(self, now: str) -> None:
        super().__init__()
        self._now = now

    def compose(self) -> ComposeResult:
        """The condition."""
        with Vertical(classes="form"):
            yield Static(Content.styled(_("Show only"), "bold"), markup=False)
            yield Input(self._now, placeholder=_("words, owner = Zoé, amount > 20k, close < +30d; empty: all"))

    @on(Input.Submitted)
    def done(self, event: Input.Submitted) -> None:
        """Take it."""
        self.dismiss(event.value.strip())

    def action_leave(self) -> None:
        """As it was."""
        self.dismiss(None)
