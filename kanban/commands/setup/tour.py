"""`kanban tour`: ten steps on a board that is thrown away afterwards."""

from __future__ import annotations

import os
import shlex
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from kanban.commands.base.calling.early_language import language_of_environment
from kanban.commands.base.calling.entry import Verb, run
from kanban.commands.base.calling.invocation import settings_of
from kanban.demo.english import in_english
from kanban.demo.story import plan_demo
from kanban.demo.workdays import ZONE
from kanban.folder.example import example_board
from kanban.i18n import N_, _
from kanban.i18n.catalogue import set_language
from kanban.repository.planned.commits import write_history

STEPS: tuple[tuple[str, str], ...] = (
    (N_("The wall: one column beside the other, what is blocked or overdue first."), "board"),
    (N_("What comes first for one person: finishing before starting."), "next --owner Zoé"),
    (N_("A card is one Markdown file. This is one, with its notes and its history."), "show acme-sso"),
    (
        N_("A new opportunity lands in the first column, with a next action and its date."),
        N_('new "Delmont Paper" --contact "Ms Roy" --next "call" --on "tomorrow 14:00" --owner Zoé'),
    ),
    (
        N_("After a call, one line notes it and says what follows."),
        N_('note delmont-paper "three sites, a spreadsheet each" --next "discovery" --on "+2d 10:00"'),
    ),
    (
        N_("A column asks for something before a card may enter: what lacks is listed, with what to type."),
        N_("move delmont-paper qualified"),
    ),
    (
        N_("So it is filled in …"),
        N_('set delmont-paper amount=14000 probability=20% need="one tool for all" decision_maker="Ms Roy"'),
    ),
    (
        N_("… ticked on the way, and the card is pulled."),
        N_("move delmont-paper qualified --tick contact-opt-in --tick need-explicit"),
    ),
    (N_("Whatever you did can be taken back."), "undo"),
    (N_("What to expect, computed from the history in git."), "forecast"),
)
"""What each step shows, and what is typed for it."""
_LEAVE = frozenset({"q", "quit", "quitter"})
_VISITOR = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Zoé Martin"), ("EMAIL", "zoe@example.org"))
}


@click.command(
    cls=Verb,
    examples=("kanban tour             a step at a time, with Enter", "kanban --lang fr tour   the same in French"),
)
@click.option("--yes", "-y", is_flag=True, default=False, help="Show all steps without waiting.")
@click.pass_context
def command(context: click.Context, /, yes: bool) -> None:
    """Show kanban in ten steps, on a demo board in a temporary folder. Nothing of yours is touched."""
    language = settings_of(context).language or language_of_environment()
    set_language(language)
    group = context.find_root().command
    if not isinstance(group, click.Group):
        raise TypeError(group)
    with tempfile.TemporaryDirectory(prefix="kanban-tour-") as folder, _visiting():
        board = Path(folder) / "board"
        commits = plan_demo(example_board(), datetime.now(ZONE).date())
        write_history(_made(board), in_english(commits) if language == "en" else commits)
        for number, (shown, typed) in enumerate(STEPS, 1):
            line = _(typed)
            click.echo()
            click.echo(click.style(f"{number}/{len(STEPS)}  {_(shown)}", bold=True))
            click.echo(click.style(f"$ kanban {line}", fg="cyan"))
            if not yes and _leaves():
                return
            run(group, ["-C", str(board), "--lang", language, *shlex.split(line)])
            set_language(language)
    click.echo()
    click.echo(_("That was the tour. A board of your own: `kanban init`; one to play with: `kanban demo FOLDER`."))


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _leaves() -> bool:
    """Wait for Enter on a terminal; True when the visitor has seen enough."""
    if not sys.stdin.isatty():
        return False
    answer = click.prompt(_("Enter runs it, q leaves"), default="", show_default=False, prompt_suffix=" ", err=True)
    return str(answer).strip().casefold() in _LEAVE


@contextmanager
def _visiting() -> Iterator[None]:
    """The visitor commits as somebody of the invented team, and reads without a pager."""
    wanted = {**_VISITOR, "PAGER": "cat", "KANBAN_PAGER": "cat", "GIT_PAGER": "cat"}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
