"""`kanban init --hooks` and `kanban hook install`: plain git hooks for people without pre-commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kanban.i18n import _

if TYPE_CHECKING:
    from kanban.repository.repository import Repository


def set_up_hooks(repository: Repository, prefix: str = "", *, dry_run: bool = False) -> None:
    """Install the hooks of this clone for the board in the folder `prefix`, and say which; others' hooks stay."""
    from kanban.repository.hook_files import HOOKS, install_hooks

    if dry_run:
        for name in HOOKS:
            click.echo(_("would do: ") + str(repository.git_path(f"hooks/{name}")))
        return
    installed = install_hooks(repository, prefix)
    for file in installed.written:
        click.echo(_("hook in place: {path}").format(path=file))
    for file in installed.kept:
        message = _("{path} is somebody else's hook and stays as it is: add the line of `kanban hook show` to it")
        click.echo(_("note:") + " " + message.format(path=file), err=True)
