"""`kanban ui`: this board in the terminal, to be touched."""

from __future__ import annotations

import sys

import click

from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.invocation import settings_of
from kanban.commands.base.calling.options import as_of_option
from kanban.commands.base.session import open_session
from kanban.errors import ExtraMissing, KanbanError
from kanban.hands.person import person_meant
from kanban.i18n import _


@click.command(
    cls=Verb,
    name="ui",
    examples=(
        "kanban ui              the board in the terminal: space takes a card, arrows lead it, space puts it down",
        "kanban ui --read-only  look only",
        "kanban ui --as Zoé     new cards are Zoé's; the commits stay yours",
    ),
)
@click.option("--read-only", is_flag=True, default=False, help="Show only; no gesture is made.")
@click.option("--as", "person", default="", metavar="PERSON", help="Who looks; the author of commits stays git's.")
@as_of_option
@click.pass_context
def command(context: click.Context, read_only: bool, person: str, as_of: str | None) -> None:
    """Open this board in the terminal: columns side by side, cards moved by keys or mouse, notes typed in forms.

    Every gesture is one commit of yours under the board's rules, as on the command line; your hooks run. The board
    follows what others do. It needs 80 columns and 24 lines, and works over SSH; `?` shows all keys.
    Needs the extra `tui`.
    """
    session = open_session(context, as_of)
    session.repository  # noqa: B018 - without one there is nothing to commit to: said before anything starts
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise KanbanError(_("`kanban ui` needs a terminal"), cure=_("`kanban board` prints the board"))
    try:
        from kanban.hands.desk import Desk
        from kanban.terminal.app import Board
    except ImportError as error:
        raise ExtraMissing(_("`kanban ui` needs the extra `tui`"), "tui") from error

    desk = Desk(settings_of(context), as_of, person=person_meant(session.config, person), read_only=read_only)
    Board(desk).run()
