"""`kanban editor`: configuration for an editor, so that findings show where the card is written."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import click

from kanban.commands.entry import Verb
from kanban.commands.session import Session, open_session
from kanban.i18n import _

EDITORS = ("vscode", "neovim", "helix", "emacs")


@dataclass(frozen=True, slots=True)
class EditorFile:
    """One file of configuration: `here` for the repository, else for the user's own settings."""

    path: str
    text: str
    here: bool = False


@click.command(
    cls=Verb,
    examples=(
        "kanban editor vscode           print tasks, settings and snippets",
        "kanban editor vscode --write   write them into .vscode/, unless they are there",
        "kanban editor neovim > ~/.config/nvim/after/plugin/kanban.lua",
    ),
)
@click.argument("editor", type=click.Choice(EDITORS))
@click.option("--write", is_flag=True, default=False, help="Write the files that belong into the repository.")
@click.pass_context
def command(context: click.Context, /, editor: str, write: bool) -> None:
    """Print configuration for an editor: findings while you write, and completion of board.yml. No plugin is needed."""
    session = open_session(context)
    files = files_for(editor, session)
    if write:
        _write(session, [file for file in files if file.here])
        return
    for file in files:
        if len(files) > 1:
            click.echo(click.style(f"==> {file.path} <==", bold=True))
        click.echo(file.text.rstrip("\n"))
        if len(files) > 1:
            click.echo()


def files_for(editor: str, session: Session) -> tuple[EditorFile, ...]:
    """The configuration of one editor for this board."""
    if editor == "neovim":
        return (EditorFile("~/.config/nvim/after/plugin/kanban.lua", _packaged("neovim.lua")),)
    if editor == "emacs":
        return (EditorFile("~/.emacs.d/kanban.el", _packaged("emacs.el")),)
    if editor == "helix":
        return (
            EditorFile("~/.config/helix/config.toml", _packaged("helix-config.toml")),
            EditorFile("~/.config/helix/languages.toml", _packaged("helix-languages.toml")),
        )
    from kanban.commands.editorsnippets import snippets
    from kanban.model.schema import board_schema

    return (
        EditorFile(".vscode/tasks.json", _packaged("vscode-tasks.json"), here=True),
        EditorFile(".vscode/settings.json", _packaged("vscode-settings.json"), here=True),
        EditorFile(".vscode/kanban.code-snippets", _json(snippets(session.config)), here=True),
        EditorFile(".vscode/board.schema.json", _json(board_schema()), here=True),
    )


def _write(session: Session, files: list[EditorFile]) -> None:
    """Write the files that are not there yet, beside the repository's top or the board."""
    from kanban.errors import NotARepository

    try:
        top = session.repository.toplevel or session.root
    except NotARepository:
        top = session.root
    if not files:
        click.echo(_("nothing of this belongs into the repository: it goes into your own settings"), err=True)
    for file in files:
        target = Path(top) / file.path
        if target.exists():
            click.echo(_("{path} is there already and stays as it is").format(path=file.path), err=True)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(file.text, "utf-8", newline="\n")
        click.echo(_("wrote {path}").format(path=file.path))


def _packaged(name: str) -> str:
    return resources.files("kanban.commands.editor_files").joinpath(name).read_text(encoding="utf-8")


def _json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
