"""`kanban hook`: git hooks that hold the board's rules, in a clone or on a server."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import click

from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.invocation import settings_of, speak
from kanban.commands.base.calling.places import A_FOLDER
from kanban.errors import NotFound, Refused
from kanban.folder.finding import find_board
from kanban.folder.hookfiles import foreign, write_hooks
from kanban.i18n import _
from kanban.repository.git.repository import Repository
from kanban.repository.hooks.ourselves import OURS
from kanban.repository.hooks.scripts import HOOKS, install_hooks

SIGN = "kanban hook install"
SERVER = {"pre-receive": "lint --pre-receive --changed-only --output-format concise"}


@click.command(
    cls=Verb,
    examples=(
        "kanban hook install                                 in this clone, for those without pre-commit",
        "kanban hook install --server /srv/git/sales.git     pushes that break a rule are refused",
        "kanban hook show --server                           the script, to install it yourself",
    ),
)
@click.argument("action", type=click.Choice(["install", "show"]))
@click.argument("directory", default=".", metavar="[DIR]")
@click.option("--server", is_flag=True, default=False, help="The hook of a repository that others push to.")
@click.option(
    "--into", type=A_FOLDER, metavar="FOLDER", default=None, help="Another folder for the hooks, as some servers have."
)
@click.option("--dry-run", is_flag=True, default=False, help="Only say what would be written.")
@click.pass_context
def command(
    context: click.Context, /, action: str, directory: str, server: bool, into: str | None, dry_run: bool
) -> None:
    """Install the hooks, or show them. Somebody else's hook is never touched.

    On a server the pushed commits are read before they are accepted, by whoever runs git there: `kanban` must be
    installed for that user.
    """
    settings = settings_of(context)
    speak(settings)
    if not Path(settings.directory, directory).is_dir():
        raise NotFound(_("there is no folder {path}").format(path=directory), cure=_("check the path"))
    if not server and not into and action == "install":
        _install_here(Path(settings.directory, directory), dry_run)
        return
    scripts = {name: script(arguments) for name, arguments in (SERVER if server else HOOKS).items()}
    if action == "show":
        for name, text in scripts.items():
            click.echo(f"# {name}\n{text}" if len(scripts) > 1 else text, nl=False)
        return
    folder = Path(into) if into else _hooks_folder(Path(settings.directory, directory))

    others = foreign(folder, scripts, SIGN)
    if others:
        names = ", ".join(str(folder / name) for name in others)
        raise Refused(
            _("these hooks are not ours: {names}").format(names=names),
            cure=_("call `kanban hook show` and add the line to them yourself"),
        )
    if not dry_run:
        write_hooks(folder, scripts)
    for name in scripts:
        click.echo((_("would do: ") if dry_run else "") + str(folder / name))


def _install_here(start: Path, dry_run: bool) -> None:
    """The hooks of this clone, the same as `kanban init --hooks`; the board's folder is found where there is one."""

    repository = Repository.find(start)
    try:
        prefix = repository.prefix_of(find_board(start))
    except NotFound:
        prefix = ""
    set_up_hooks(repository, prefix, dry_run=dry_run)


def script(arguments: str) -> str:
    """A hook as a shell script. The program is named in full, since servers run hooks with a short PATH."""
    found = shutil.which("kanban")
    program = shlex.quote(found) if found else OURS
    return f"#!/bin/sh\n# Written by `{SIGN}`: keeps the rules of the sales board.\nexec {program} {arguments}\n"


def _hooks_folder(start: Path) -> Path:
    repository: Repository = Repository.find(start)
    return repository.git_path("hooks")


def set_up_hooks(repository: Repository, prefix: str = "", *, dry_run: bool = False) -> None:
    """Install the hooks of this clone for the board in the folder `prefix`, and say which; others' hooks stay."""
    if dry_run:
        for name in HOOKS:
            click.echo(_("would do: ") + str(repository.git_path(f"hooks/{name}")))
        return
    installed = install_hooks(repository, prefix)
    if installed.written:
        names = ", ".join(Path(file).name for file in installed.written)
        said = _("checked from now on, before it leaves this machine: what you commit and push ({names})")
        click.echo(said.format(names=names))
    for file in installed.kept:
        message = _("{path} is somebody else's hook and stays as it is: add the line of `kanban hook show` to it")
        click.echo(_("note:") + " " + message.format(path=file), err=True)
