"""`kanban editor`: configuration for an editor, so that findings show where the card is written."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import click

from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.session import Session, open_session
from kanban.errors import NotARepository
from kanban.i18n import _
from kanban.model.cards.json_schema import board_schema
from kanban.model.settings.board_yml import BoardConfig

EDITORS = ("vscode", "neovim", "helix", "emacs", "zed", "jetbrains")


@dataclass(frozen=True, slots=True)
class EditorFile:
    """One file of configuration: `here` for the repository, else for the user's own settings.

    `own` is a file that nothing else writes to, so that `--write` may make it.
    """

    path: str
    text: str
    here: bool = False
    own: bool = False


@click.command(
    cls=Verb,
    examples=(
        "kanban editor vscode           print tasks, settings and snippets",
        "kanban editor vscode --write   write them into .vscode/, unless they are there",
        "kanban editor neovim --write   ~/.config/nvim/after/plugin/kanban.lua, unless it is there",
    ),
)
@click.argument("editor", type=click.Choice(EDITORS))
@click.option(
    "--write", is_flag=True, default=False, help="Write the files that are kanban's own, unless they are there."
)
@click.pass_context
def command(context: click.Context, /, editor: str, write: bool) -> None:
    """Print or write the configuration of an editor, so that it starts `kanban lsp` for cards and board.yml.

    With the extra `lsp`: findings while you write, completion, fixes and gestures.
    VS Code takes the extension in `editors/vscode`, JetBrains the plugin LSP4IJ with the template printed here.
    """
    session = open_session(context)
    files = files_for(editor, session)
    if write:
        _write(session, [file for file in files if file.here or file.own])
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
        return (EditorFile("~/.config/nvim/after/plugin/kanban.lua", _packaged("neovim.lua"), own=True),)
    if editor == "emacs":
        return (EditorFile("~/.emacs.d/kanban.el", _packaged("emacs.el"), own=True),)
    if editor == "zed":
        return (
            EditorFile("kanban-zed/extension.toml", _packaged("zed-extension.toml")),
            EditorFile("kanban-zed/Cargo.toml", _packaged("zed-Cargo.toml")),
            EditorFile("kanban-zed/src/lib.rs", _packaged("zed-lib.rs")),
        )
    if editor == "jetbrains":
        return (EditorFile("kanban-lsp4ij/template.json", _packaged("jetbrains-template.json")),)
    if editor == "helix":
        return (
            EditorFile("~/.config/helix/config.toml", _packaged("helix-config.toml")),
            EditorFile("~/.config/helix/languages.toml", _packaged("helix-languages.toml")),
        )

    return (
        EditorFile(".vscode/tasks.json", _packaged("vscode-tasks.json"), here=True),
        EditorFile(".vscode/settings.json", _packaged("vscode-settings.json"), here=True),
        EditorFile(".vscode/kanban.code-snippets", _json(snippets(session.config)), here=True),
        EditorFile(".vscode/board.schema.json", _json(board_schema()), here=True),
    )


def _write(session: Session, files: list[EditorFile]) -> None:
    """Write the files that are not there yet, beside the repository's top or the board."""
    try:
        top = session.repository.toplevel or session.root
    except NotARepository:
        top = session.root
    if not files:
        click.echo(_("nothing of this can be written as it is: it goes into your own settings"), err=True)
    for file in files:
        target = Path(file.path).expanduser() if file.own else Path(top) / file.path
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


_MOST = 20


def snippets(config: BoardConfig) -> dict[str, Any]:
    """The file `.vscode/kanban.code-snippets`."""
    return {
        _("A card"): _snippet("kanban-card", _card(config), _("an opportunity with its usual fields")),
        _("A block label"): _snippet("kanban-block", _block(config), _("since when, why, what next, who")),
        _("A call note"): _snippet("kanban-note", _note(), _("three bullets at most")),
        _("A waiver"): _snippet("kanban-waiver", _waiver(), _("a finding accepted for a reason, until a day")),
    }


def _snippet(prefix: str, body: list[str], description: str) -> dict[str, Any]:
    return {"scope": "markdown", "prefix": prefix, "body": body, "description": description}


def _card(config: BoardConfig) -> list[str]:
    owners = _one_of(6, [owner.name for owner in config.owners])
    sources = _one_of(7, config.sources)
    classes = _one_of(9, [service.key for service in config.classes])
    return [
        "---",
        "title: ${1:" + _plain(_("what it is about")) + "}",
        "account: ${2:" + _plain(_("customer")) + "}",
        "contact: ${3}",
        "next_action: ${4:" + _plain(_("what happens next")) + "}",
        "next_action_date: ${5:$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE}",
        f"owner: {owners}",
        f"source: {sources}",
        "amount: ${8}",
        f"class: {classes}",
        "---",
        "",
        "$0",
    ]


def _block(config: BoardConfig) -> list[str]:
    return [
        "blocked_since: $CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE",
        "blocked_cause: ${1}",
        "blocked_next: ${2}",
        f"blocked_owner: {_one_of(3, [owner.name for owner in config.owners])}",
    ]


def _note() -> list[str]:
    return ["### $CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE — ${1:" + _plain(_("call")) + "}", "", "- $0"]


def _waiver() -> list[str]:
    day = "${2:$CURRENT_YEAR-12-31}"
    return [f'lint_ignore: ["${{1:KB503}} until {day}: ${{3:' + _plain(_("reason")) + '}"]']


def _one_of(place: int, words: tuple[str, ...] | list[str]) -> str:
    """A choice of the words, or a plain place when there are none."""
    if not words:
        return f"${{{place}}}"
    escaped = (word.replace("\\", "\\\\").replace(",", "\\,").replace("|", "\\|") for word in words[:_MOST])
    return f"${{{place}|{','.join(escaped)}|}}"


def _plain(text: str) -> str:
    return text.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")
