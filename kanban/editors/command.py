"""`kanban lsp`: the language server that an editor starts."""

from __future__ import annotations

import click

from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.invocation import settings_of
from kanban.commands.base.calling.options import as_of_option
from kanban.errors import ExtraMissing
from kanban.i18n import _


@click.command(
    cls=Verb,
    examples=(
        "kanban lsp               an editor starts this itself; nothing to type",
        "kanban editor neovim     how your editor is told to start it",
    ),
)
@as_of_option
@click.option("--stdio", is_flag=True, default=False, hidden=True, help="What editors say; there is nothing else.")
@click.pass_context
def command(context: click.Context, as_of: str | None, stdio: bool) -> None:
    """Serve an editor with findings, completion, meanings, fixes and gestures for cards and board.yml.

    Speaks the Language Server Protocol on standard input and output. What you have not saved never reaches the disk;
    a gesture is the same commit that its verb makes. Needs the extra `lsp`.
    """
    try:
        from kanban.editors.server import serve
    except ImportError as error:
        raise ExtraMissing(_("`kanban lsp` needs the extra `lsp`"), "lsp") from error
    serve(settings_of(context).language, as_of)
