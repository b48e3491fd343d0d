"""Who commits here: git is told where it does not know it, so that a first board on a new machine is not refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
from click.core import ParameterSource

from kanban.errors import KanbanError
from kanban.i18n import _
from kanban.paper.plain import safe, typed
from kanban.repository.git.repository import Identity, Repository, identity_at

_WHO = re.compile(r"(?P<name>[^<>\n]*[^<>\s])(?: +<?| *<)(?P<email>[^<>\s]+@[^<>\s]+)>?")


def identity_typed(text: str, command: str) -> Identity:
    """The name and address in `Zoé Martin <zoe@example.org>`. Raises KanbanError with the `command` as it is typed."""
    found = _WHO.fullmatch(text.strip())
    if found is None:
        raise KanbanError(
            _("“{text}” is not a name and an address").format(text=text),
            cure=_("as in {command}").format(command=f'`{command} --me "Zoé Martin <zoe@example.org>"`'),
        )
    return Identity(found["name"], found["email"])


def introduce(repository: Repository, who: Identity) -> None:
    """Tell git, for this clone alone."""
    for key, value in (("name", who.name), ("email", who.email)):
        repository.git.run("config", "--local", "--replace-all", f"user.{key}", value)


def who_begins(root: Path, me: str | None, *, asks: bool) -> Identity | None:
    """Who is to be told to git before the first commit in `root`: as typed, else asked where git does not know anybody.

    None where git knows. Raises KanbanError where it does not and nobody can be asked.
    """
    command = " ".join(["kanban init", typed(str(root)), *_options_typed(click.get_current_context())])
    if me is not None:
        return identity_typed(me, command)
    if myself(root) is not None:
        return None
    unknown = _("git does not know who you are: a commit needs your name and your address")
    if not asks:
        raise KanbanError(unknown, cure=_('{command} --me "NAME <ADDRESS>"').format(command=command))
    click.echo(safe(unknown), err=True)
    question = _("Your name and mail address, as in Zoé Martin <zoe@example.org>")
    while True:
        said = click.prompt(question, err=True, prompt_suffix=_(": "))
        try:
            return identity_typed(said, command)
        except KanbanError as error:
            click.echo(safe(f"  {error.message}"), err=True)


def _options_typed(context: click.Context) -> Iterator[str]:
    """The options as they were typed: without them the command would not do what was asked for."""
    for option in context.command.params:
        name = option.name or ""
        if name == "me" or context.get_parameter_source(name) is not ParameterSource.COMMANDLINE:
            continue
        value = context.params.get(name)
        if isinstance(option, click.Option) and option.is_flag:
            yield (option.opts if value else option.secondary_opts)[0]
        elif isinstance(option, click.Option):
            yield from (f"{option.opts[0]} {typed(str(one))}" for one in (value if option.multiple else (value,)) or ())


def myself(root: Path) -> Identity | None:
    """Who commits in a folder, which need not be there yet, as git knows it."""
    place = next(folder for folder in (root.absolute(), *root.absolute().parents) if folder.is_dir())
    return identity_at(place)
