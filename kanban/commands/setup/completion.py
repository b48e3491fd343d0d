"""`kanban completion`: the script that teaches your shell the verbs, cards, columns and owners."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from kanban.commands.base.entry import Verb
from kanban.i18n import _

PLACES = {
    "bash": 'eval "$(kanban completion bash)"   # in ~/.bashrc',
    "zsh": 'eval "$(kanban completion zsh)"    # in ~/.zshrc',
    "fish": "kanban completion fish | source     # in ~/.config/fish/config.fish",
}


@click.command(cls=Verb, examples=tuple(PLACES.values()))
@click.argument("shell", type=click.Choice(list(PLACES)))
@click.pass_context
def command(context: click.Context, /, shell: str) -> None:
    """Print the completion script of a shell on standard output."""
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(_("this click knows no completion for {shell}").format(shell=shell))
    click.echo(kind(context.find_root().command, {}, "kanban", "_KANBAN_COMPLETE").source())
