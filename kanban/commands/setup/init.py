"""`kanban init`: a board in a folder, ready for its first card."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Literal, TypedDict

import click

from kanban.commands.base.early_language import language_of_environment
from kanban.commands.base.entry import Verb
from kanban.commands.base.invocation import settings_of, speak
from kanban.commands.base.options import json_option
from kanban.commands.base.session import emit_json, open_session
from kanban.commands.output.asking import confirm
from kanban.commands.together.hook import set_up_hooks
from kanban.commands.together.merge_driver import set_up_merge_driver
from kanban.errors import KanbanError, NotARepository
from kanban.gestures.change import PathChange
from kanban.i18n import _
from kanban.i18n.catalogue import set_language
from kanban.model.presets import preset_text
from kanban.model.settings.board_yml import BOARD_FILE, BoardConfig, read_config
from kanban.pull.banner import BANNER_FILE, banner
from kanban.repository.git.creating import create_repository
from kanban.repository.git.repository import Repository
from kanban.repository.write.message import commit_message
from kanban.repository.write.publication import Publication
from kanban.repository.write.writing import publish


class InitDocument(TypedDict):
    """A board that was set up, or would be."""

    schema: Literal["kanban-init/1"]
    directory: str
    files: Annotated[list[str], "relative to the directory"]
    dry_run: bool


@click.command(
    cls=Verb,
    examples=(
        "kanban init .                                a B2B board here",
        "kanban init sales --preset phone --lang fr   a phone-prospecting board in French, in ./sales",
        "kanban init . --git                          make the folder a git repository first",
        "kanban init . --hooks --merge-driver         in a clone of an existing board: what git does not carry along",
    ),
)
@click.argument("directory", default=".", metavar="[DIR]")
@click.option("--preset", type=click.Choice(["b2b", "phone"]), default="b2b", help="Which columns and rules.")
@click.option("--title", default=None, help="The board's name.")
@click.option("--git/--no-git", "make_repository", default=None, help="Make the folder a git repository if it is none.")
@click.option("--no-commit", is_flag=True, default=False, help="Stage the files, do not commit them.")
@click.option("--dry-run", is_flag=True, default=False, help="Only say what would be written.")
@click.option("--hooks", is_flag=True, default=False, help="Install git hooks in this clone that run the linter.")
@click.option("--merge-driver", is_flag=True, default=False, help="Merge cards field by field in this clone.")
@json_option
@click.pass_context
def command(
    context: click.Context,
    directory: str,
    preset: str,
    title: str | None,
    make_repository: bool | None,
    no_commit: bool,
    dry_run: bool,
    hooks: bool,
    merge_driver: bool,
    as_json: bool,
) -> None:
    """Set up a board in DIR: `board.yml`, one folder per column with its banner, all in one commit.

    An existing `board.yml` is never touched; `--hooks` and `--merge-driver` set up a clone of an existing board.
    """
    settings = settings_of(context)
    if (hooks or merge_driver) and (Path(settings.directory, directory) / BOARD_FILE).exists():
        _set_up_clone(context, directory, hooks, merge_driver, no_commit, dry_run)
        return
    language = settings.language or language_of_environment()
    set_language(language)
    root = Path(settings.directory, directory)
    if (root / BOARD_FILE).exists():
        speak(settings)
        message = _("there is a board here already")
        raise KanbanError(
            message, cure=_("change it by editing `{name}`").format(name=BOARD_FILE), where=str(root / BOARD_FILE)
        )
    files = board_files(preset, language, title)
    if (root / IGNORE_FILE).exists():
        del files[IGNORE_FILE]
    taken = [name for name in files if (root / name).exists()]
    if taken:
        message = _("these files exist already: {names}").format(names=", ".join(taken))
        raise KanbanError(message, cure=_("choose an empty folder, or move them away"))
    if not dry_run:
        _repository_at(root, make_repository)
        _publish(root, files, no_commit)
    _tell(root, files, dry_run, as_json)
    if not dry_run:
        _set_up_clone(context, directory, hooks, merge_driver, no_commit, dry_run)


IGNORE_FILE = ".gitignore"
"""What `kanban render` writes is made from the board and no part of it."""


def _set_up_clone(
    context: click.Context, directory: str, hooks: bool, merge_driver: bool, no_commit: bool, dry_run: bool
) -> None:
    """What git does not carry from clone to clone: hooks and the merge driver's command."""
    if not hooks and not merge_driver:
        return
    settings = settings_of(context)
    settings.directory = str(Path(settings.directory, directory))
    session = open_session(context)
    if merge_driver:
        set_up_merge_driver(session, no_commit=no_commit, dry_run=dry_run)
    if hooks:
        set_up_hooks(session.repository, session.prefix, dry_run=dry_run)


def board_files(preset: str, language: str, title: str | None = None) -> dict[str, bytes]:
    """The files of a new board: path relative to its folder → bytes."""
    data = preset_text(preset, language).encode()
    if title:
        # A JSON string is a double-quoted YAML scalar, whatever the title holds.
        _first, _newline, rest = data.partition(b"\n")
        data = f"title: {json.dumps(title, ensure_ascii=False)}\n".encode() + rest
    config, problems = read_config(data)
    if config is None or problems:
        raise KanbanError(_("the title “{title}” cannot be used").format(title=title))
    banners = {f"{column.directory}/{BANNER_FILE}": banner(column, config) for column in config.columns}
    return {BOARD_FILE: data, IGNORE_FILE: b"/site/\n"} | banners


def _repository_at(root: Path, make: bool | None) -> None:
    """Make sure there is a repository around `root`, asking on a terminal and only there."""
    existing = next(folder for folder in (root.absolute(), *root.absolute().parents) if folder.is_dir())
    try:
        Repository.find(existing)
        return
    except NotARepository as error:
        if make is None and sys.stdin.isatty():
            make = confirm(_("{path} is not in a git repository. Make it one?").format(path=root), default=True)
        if not make:
            message = _("{path} is not in a git repository, and git is the board's memory").format(path=root)
            cure = _("type `git init` there first, or `kanban init {path} --git`").format(path=root)
            raise NotARepository(message, cure=cure) from error
    root.mkdir(parents=True, exist_ok=True)
    create_repository(root)


def _publish(root: Path, files: dict[str, bytes], no_commit: bool) -> None:
    root.mkdir(parents=True, exist_ok=True)
    repository = Repository.find(root)
    prefix = repository.prefix_of(root)
    changes = tuple(PathChange.created(prefix + name, data) for name, data in files.items())
    message = commit_message("board: set up", "", [("Kanban", "init")])
    publish(repository, lambda: Publication(changes, message), commit=not no_commit)


def _tell(root: Path, files: dict[str, bytes], dry_run: bool, as_json: bool) -> None:
    if as_json:
        document: InitDocument = {
            "schema": "kanban-init/1",
            "directory": str(root),
            "files": list(files),
            "dry_run": dry_run,
        }
        emit_json(document)
        return
    config: BoardConfig | None = read_config(files[BOARD_FILE])[0]
    head = _("would write {count} files in {path}") if dry_run else _("board ready in {path}: {count} files")
    click.echo(head.format(path=root, count=len(files)))
    if config is not None:
        for column in config.columns:
            limit = f"  WIP {column.wip}" if column.wip is not None else ""
            click.echo(f"  {column.directory}/  {column.title}{limit}")
    if not dry_run:
        click.echo(_start_up_checklist())


def _start_up_checklist() -> str:
    """The sheet's fifteen-minute checklist (D23), as what to do next."""
    return "\n".join(
        (
            "",
            _("Start-up checklist, 15 minutes:"),
            "  [ ] " + _("columns and WIP limits fit your team: edit `board.yml`"),
            "  [ ] " + _('first cards: `kanban new "ACME SAS"`'),
            "  [ ] " + _("everyone knows the block label: `kanban block CARD --cause … --next … --who …`"),
            "  [ ] " + _("daily at a fixed hour, weekly planned: `rituals:` in `board.yml`"),
            "  [ ] " + _("two or three metrics chosen: `rituals: {metrics: …}`"),
            _("`kanban doctor` checks this list at any time."),
        )
    )
