"""Going through a ritual on a terminal: one item after the other, each decision carried out by its own verb."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import click

from kanban.commands.base.calling.errors_said import tell
from kanban.commands.base.calling.invocation import settings_of
from kanban.commands.base.session import Session
from kanban.commands.output.page_output import terminal_width
from kanban.commands.output.printing import paint
from kanban.errors import KanbanError
from kanban.i18n import _, ngettext
from kanban.paper.page import Entry
from kanban.paper.text import entry_lines

Ask = Callable[[], Sequence[str] | None]
"""Asks what else must be known and gives the verb to run with its arguments; None when the person gives it up."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to an item: the letter typed, what it says, and the verb it runs."""

    letter: str
    label: str
    ask: Ask


@dataclass(frozen=True, slots=True)
class Step:
    """One item of the walk with the answers it has beside skipping and stopping."""

    entry: Entry
    choices: tuple[Choice, ...]


def check_terminal(as_json: bool, as_markdown: bool) -> None:
    """Raise KanbanError where nobody can be asked."""
    if as_json or as_markdown:
        raise KanbanError(_("`--interactive` asks on a terminal"), cure=_("leave `--json` and `--markdown` out"))
    if not sys.stdin.isatty():
        raise KanbanError(_("`--interactive` needs a terminal"), cure=_("leave it out to print the list"))


def walk(session: Session, steps: Sequence[Step]) -> None:
    """Go through the steps. Each decision is one commit; a refusal is told and the item asked again."""
    settled = 0
    for number, step in enumerate(steps, 1):
        click.echo()
        click.echo(click.style(f"[{number}/{len(steps)}]", dim=True))
        for line in entry_lines(step.entry, paint, terminal_width()):
            click.echo(line)
        decided = _settle(session, step)
        if decided is None:
            break
        settled += decided
    click.echo()
    click.echo(ngettext("{count} item settled", "{count} items settled", settled).format(count=settled))


def _settle(session: Session, step: Step) -> bool | None:
    """Ask until one answer holds: True settled, False skipped, None stop here."""
    letters = {choice.letter: choice for choice in step.choices}
    offered = ", ".join(f"[{choice.letter}] {choice.label}" for choice in step.choices)
    question = f"  {offered}, [s] {_('skip')}, [q] {_('stop here')}"
    while True:
        answer = click.prompt(question, default="s", show_default=False, prompt_suffix=" ? ").strip().casefold()[:1]
        if answer == "q":
            return None
        if answer in ("s", ""):
            return False
        if answer in letters and _carry_out(session, letters[answer]):
            return True


def _carry_out(session: Session, choice: Choice) -> bool:
    decided = choice.ask()
    if decided is None:
        return False
    try:
        run_verb(session, decided)
    except KanbanError as error:
        tell(error)
        return False
    return True


def run_verb(session: Session, arguments: Sequence[str]) -> None:
    """Run a verb of ours (`note`, `experiment new`) on the same board and day, as if it had been typed."""
    root = click.get_current_context().find_root()
    settings = settings_of(root)
    everywhere = ["-C", settings.directory, *(["--lang", settings.language] if settings.language else [])]
    if settings.color is not None:
        everywhere += ["--color", "always" if settings.color else "never"]
    verb, *rest = arguments
    day = ["--as-of", session.today.isoformat()]
    root.command.main([*everywhere, *verb.split(), *day, *rest], prog_name="kanban", standalone_mode=False)


def ask_text(question: str) -> str:
    """A text that may be left empty."""
    answer: str = click.prompt(f"    {question}", default="", show_default=False)
    return answer.strip()


def noting(card: str, verb: str = "note") -> Ask:
    """Ask for a note, the next action and its day."""

    def ask() -> Sequence[str] | None:
        text = ask_text(_("what was said"))
        if not text:
            return None
        return [verb, card, *planned(), "--", text]

    return ask


def planned() -> list[str]:
    """Ask for the next action and its day, as options."""
    action = ask_text(_("next action (empty: as it is)"))
    when = ask_text(_("when, such as `demain 10h` (empty: as it is)"))
    return [*(["--next", action] if action else []), *(["--on", when] if when else [])]


def setting(card: str, key: str, question: str) -> Ask:
    """Ask for the value of one field."""

    def ask() -> Sequence[str] | None:
        value = ask_text(question)
        return ["set", card, f"{key}={value}"] if value else None

    return ask


def running(*arguments: str) -> Ask:
    """A verb that needs nothing more."""
    return lambda: arguments
