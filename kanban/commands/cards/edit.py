"""`kanban edit`: the card in your own editor, checked when you save."""

import os
import sys
from dataclasses import replace
from pathlib import Path

import click

from kanban.commands.base.calling.completed_names import CARD
from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.options import WriteFlags, as_of_option, write_options
from kanban.commands.base.session import Session, open_session
from kanban.commands.base.write_verb import perform
from kanban.commands.output.asking import confirm
from kanban.errors import KanbanError, Refused
from kanban.folder.reading import read_file
from kanban.gestures.base.situation import Situation
from kanban.gestures.fields import saved, take_edited
from kanban.i18n import _
from kanban.model.cards.card import Card
from kanban.model.cards.read_card import read_card
from kanban.model.text.problem import Problem
from kanban.paper.plain import safe, typed


@click.command(
    cls=Verb,
    examples=(
        "kanban edit acme-sso",
        'EDITOR="code --wait" kanban edit acme',
        "kanban edit acme-sso --saved      you wrote into the file already: check it and commit it",
    ),
)
@click.argument("card", metavar="CARD", type=CARD)
@click.option("--saved", "is_saved", is_flag=True, default=False, help="Take the file as it is saved; open no editor.")
@as_of_option
@write_options
@click.pass_context
def command(context: click.Context, /, card: str, is_saved: bool, as_of: str | None, flags: WriteFlags) -> None:
    """Open a card's file in $VISUAL or $EDITOR. On save it is checked; what cannot be read is shown with its line.

    The file itself is opened, so nothing you type is ever lost. A readable card is committed, a broken one is left
    as you saved it.
    """
    session = open_session(context, as_of)
    found = session.board.named(card)
    path = session.root / found.path
    before, at = path.read_bytes(), session.situation(session.board)
    if is_saved:
        _raise_if_broken(session, at, path, found)
    else:
        _write_until_it_holds(session, at, path, found)
    if not is_saved and path.read_bytes() == before:
        click.echo(_("{path} is unchanged").format(path=found.path))
        return

    perform(session, replace(flags, include_edits=True), take_edited, card=found.id)


def _write_until_it_holds(session: Session, at: Situation, path: Path, card: Card) -> None:
    """Open the editor, check, and offer to open it again while something cannot be read or breaks a rule.

    Raises KanbanError for the first, Refused for the second.
    """
    while True:
        _open_editor(path)
        try:
            _raise_if_broken(session, at, path, card)
            return
        except KanbanError:
            if not (sys.stdin.isatty() and confirm(_("Open it again?"), default=True)):
                raise


def _raise_if_broken(session: Session, at: Situation, path: Path, card: Card) -> None:
    """Tell what is wrong with a saved card: KanbanError when it cannot be read, Refused when it breaks a rule."""
    problems = _problems(session, card)
    for problem in problems:
        cure = f" → {problem.cure}" if problem.cure else ""
        click.echo(f"{problem.path}:{problem.line}:{problem.column}: {problem.message}{cure}", err=True)
    broken = _broken(at, path, card) if not problems else ()
    for reason in broken:
        click.echo(f"{card.path}: {safe(reason)}", err=True)
    message = _("{path} is saved as you left it, and not committed").format(path=card.path)
    if problems:
        raise KanbanError(message, cure=f"kanban edit {typed(card.id)}")
    if broken:
        raise Refused(message, cure=f"kanban edit {typed(card.id)}")


def _broken(at: Situation, path: Path, card: Card) -> tuple[str, ...]:
    """The rules that the saved card breaks and that it did not break before."""
    try:
        saved(at, card=card.id, data=path.read_bytes())
    except Refused as refused:
        return refused.reasons
    return ()


def _open_editor(path: Path) -> None:
    """Wait until the editor is closed. Raises KanbanError when it cannot be started or fails.

    Without a terminal only an editor that was named is opened: it may have a window of its own.
    """
    if not sys.stdin.isatty() and not (os.environ.get("VISUAL") or os.environ.get("EDITOR")):
        raise KanbanError(
            _("there is no terminal to edit in"), cure=_('name an editor: `EDITOR="code --wait" kanban edit …`')
        )
    try:
        click.edit(filename=str(path))
    except click.ClickException as error:
        cure = _("name one that is installed: `EDITOR=nano kanban edit …`")
        raise KanbanError(_("the editor failed: {reason}").format(reason=error.message), cure=cure) from error


def _problems(session: Session, card: Card) -> tuple[Problem, ...]:
    file = read_file(session.root, card.path)
    return read_card(file, card.id, card.column, session.config, anchor=session.today).problems
