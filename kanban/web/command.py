"""`kanban serve`: this board in the browser, to be touched."""

from __future__ import annotations

import sys
import webbrowser

import click

from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.invocation import settings_of
from kanban.commands.base.calling.options import as_of_option
from kanban.commands.base.session import open_session
from kanban.errors import ExtraMissing
from kanban.hands.person import person_meant
from kanban.i18n import _

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@click.command(
    cls=Verb,
    name="serve",
    examples=(
        "kanban serve                       the board in your browser: drag a card, and it is a commit",
        "kanban serve --read-only           for a screen on the wall: nothing can be changed",
        "kanban serve --as Zoé              new cards are Zoé's; the commits stay yours",
        "kanban serve --port 8080 --no-open the same address port each time, without a browser",
    ),
)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port; default: a free one.")
@click.option(
    "--host",
    default="127.0.0.1",
    metavar="ADDRESS",
    help="Where to listen; default: this machine alone. 0.0.0.0 lets the network in, whoever has the key.",
)
@click.option("--read-only", is_flag=True, default=False, help="Show only; no gesture is made.")
@click.option("--as", "person", default="", metavar="PERSON", help="Who looks; the author of commits stays git's.")
@click.option("--open/--no-open", "opens", default=None, help="Open the browser; default: on a terminal.")
@as_of_option
@click.pass_context
def command(
    context: click.Context,
    port: int,
    host: str,
    read_only: bool,
    person: str,
    opens: bool | None,
    as_of: str | None,
) -> None:
    """Open this board in the browser: columns side by side, cards to be dragged, notes to be typed.

    Every gesture is one commit of yours under the board's rules, as on the command line; your hooks run. The board
    follows what others do. It is served to this machine alone, and only to whoever has the address with its key.
    Needs the extra `serve`.
    """
    session = open_session(context, as_of)
    session.repository  # noqa: B018 - without one there is nothing to commit to: said before anything starts
    try:
        from kanban.hands.desk import Desk
        from kanban.web.guard import Rules, new_key
        from kanban.web.server import Server
    except ImportError as error:
        raise ExtraMissing(_("`kanban serve` needs the extra `serve`"), "serve") from error

    desk = Desk(settings_of(context), as_of, person=person_meant(session.config, person), read_only=read_only)
    rules = Rules.loopback(new_key()) if host in _LOOPBACK else Rules.around(new_key())
    server = Server(desk, host=host, port=port, rules=rules)
    server.begin()
    click.echo(server.address)
    click.echo(_("Ctrl+C ends it"), err=True)
    if opens if opens is not None else sys.stdout.isatty():
        webbrowser.open(server.once())
    server.run()
    server.leave()
