"""`kanban init`: a board in a folder, ready for its first card."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Literal, TypedDict

import click
from click.core import ParameterSource

from kanban.commands.base.calling.completed_names import Spoken
from kanban.commands.base.calling.early_language import language_of_environment
from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.invocation import settings_of, speak
from kanban.commands.base.calling.options import json_option
from kanban.commands.base.session import emit_json, open_session
from kanban.commands.output.asking import confirm
from kanban.commands.setup.extras import EXTRAS, RECIPES, on_offer, set_up
from kanban.commands.setup.identity import introduce, myself, who_begins
from kanban.commands.setup.questions import Answers, ask
from kanban.errors import KanbanError, NotARepository
from kanban.gestures.base.change import PathChange
from kanban.i18n import _
from kanban.i18n.catalogue import set_language
from kanban.model.presets import preset_text
from kanban.model.settings.board_yml import BOARD_FILE, BoardConfig, read_config
from kanban.paper.plain import safe, typed
from kanban.pull.banner import BANNER_FILE, banner
from kanban.repository.git.creating import begin, create_repository
from kanban.repository.git.repository import Identity, Repository
from kanban.repository.write.durable.recovery import recover
from kanban.repository.write.guard import check_state
from kanban.repository.write.message import commit_message
from kanban.repository.write.publication import Publication
from kanban.repository.write.write_session import Session as WriteSession
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
        "kanban init                                  on a terminal: five questions, then everything stands",
        "kanban init sales --yes                      nothing is asked, everything is set up",
        "kanban init sales --yes --skip completion    all but one thing",
        "kanban init sales --preset phone --lang fr   a phone-prospecting board in French, in ./sales",
        "kanban init . --hooks --merge-driver         in a clone of an existing board: what git does not carry along",
    ),
)
@click.argument("directory", default=".", metavar="[DIR]")
@click.option("--preset", type=Spoken(["b2b", "phone"]), default="b2b", help="Which columns and rules.")
@click.option("--title", default=None, help="The board's name.")
@click.option("--owner", "owners", multiple=True, help="Somebody who owns cards; repeat it for a team.")
@click.option("--yes", "-y", is_flag=True, default=False, help="Ask nothing and set up everything.")
@click.option("--skip", multiple=True, type=click.Choice(list(EXTRAS)), help="With --yes: leave this out.")
@click.option("--git/--no-git", "make_repository", default=None, help="Make the folder a git repository if it is none.")
@click.option(
    "--no-commit",
    is_flag=True,
    default=False,
    help="Write the files and stop there: recording them stays yours (in git: staged).",
)
@click.option("--dry-run", is_flag=True, default=False, help="Only say what would be written.")
@click.option("--hooks", is_flag=True, default=False, help="Have changes checked before they leave this computer.")
@click.option("--merge-driver", is_flag=True, default=False, help="Merge cards that two people changed field by field.")
@click.option("--ci", "forge", type=click.Choice(list(RECIPES)), default=None, help="Add the job for this forge.")
@click.option("--agents", is_flag=True, default=False, help="Add AGENTS.md, which tells software agents how to behave.")
@click.option("--me", metavar="NAME <ADDRESS>", default=None, help="Who commits in this clone: git is told so.")
@json_option
@click.pass_context
def command(context: click.Context, /, directory: str, **words: Any) -> None:
    """Set up a board in DIR: `board.yml`, one folder per column with its banner.

    On a terminal it asks five things; `--yes` and scripts are asked nothing. An existing `board.yml` is never touched:
    there, `--yes`, `--hooks`, `--merge-driver` and `--ci` set up what a clone lacks.
    """
    settings = settings_of(context)
    how = _How(**words)
    root = Path(settings.directory, directory)
    if not how.dry_run:
        _mend(root)
    if (root / BOARD_FILE).exists():
        _set_up_existing(context, root, how)
        return
    language = settings.language or language_of_environment()
    set_language(language)
    who = who_begins(root, how.me, asks=how.asks) if how.commits else None
    answers = _answers(context, root, how, language, who)
    set_language(answers.language)
    owners = _with_addresses(who or myself(root), answers.owners)
    files = board_files(answers.preset, answers.language, answers.title, owners)
    if (root / IGNORE_FILE).exists() or ((how.yes or how.asks) and "ignore" not in answers.extras):
        del files[IGNORE_FILE]
    taken = [name for name in files if (root / name).exists()]
    if taken:
        message = _("these files exist already: {names}").format(names=", ".join(taken))
        raise KanbanError(message, cure=_("choose an empty folder, or move them away"))
    if not how.dry_run:
        _repository_at(root, True if how.yes or how.asks else how.make_repository)
        if who is not None:
            introduce(Repository.find(root), who)
        _publish(root, files, how.no_commit)
    _tell(root, files, how.dry_run, how.as_json)
    if not how.dry_run:
        _set_up(context, root, answers.extras, how)
        _say_start(how.as_json)


@dataclass
class _How:
    """What was typed, beside the folder."""

    preset: str
    title: str | None
    owners: tuple[str, ...]
    yes: bool
    skip: tuple[str, ...]
    make_repository: bool | None
    no_commit: bool
    dry_run: bool
    hooks: bool
    merge_driver: bool
    forge: str | None
    agents: bool
    as_json: bool
    me: str | None

    @property
    def commits(self) -> bool:
        """Whether a commit is to be made, by somebody whom git must know."""
        return not (self.dry_run or self.no_commit)

    @property
    def asks(self) -> bool:
        """Whether somebody sits there and is to be asked."""
        return sys.stdin.isatty() and not (self.yes or self.dry_run or self.as_json or self.no_commit)

    @property
    def named(self) -> tuple[str, ...]:
        """The extras that were named one by one."""
        wanted = {"hooks": self.hooks, "merge-driver": self.merge_driver, "ci": bool(self.forge), "agents": self.agents}
        return tuple(key for key, named in wanted.items() if named)


def _answers(context: click.Context, root: Path, how: _How, language: str, who: Identity | None) -> Answers:
    """What the board is made from: typed, asked on a terminal, or taken as it is usual."""
    everything = tuple(key for key in on_offer(root) if key not in how.skip) if how.yes or how.asks else ()
    extras = tuple(dict.fromkeys((*everything, *how.named)))
    given = Answers(language, how.preset, how.title or "", how.owners, extras)
    if not how.asks:
        return given
    typed = {
        "language": bool(settings_of(context).language),
        "preset": context.get_parameter_source("preset") is not ParameterSource.DEFAULT,
        "title": how.title is not None,
        "owners": bool(how.owners),
        "extras": bool(how.named),
    }
    me = who or myself(root)
    if not how.owners and me is not None:
        given = replace(given, owners=(me.name,))
    return ask(given, [question for question, answered in typed.items() if not answered], _title)


def _title(preset: str, language: str) -> str:
    return preset_text(preset, language).partition("\n")[0].removeprefix("title: ")


def _with_addresses(me: Identity | None, owners: Sequence[str]) -> dict[str, str]:
    """The owners with their mail address where it is known: our own."""
    return {name: me.email if me is not None and me.name == name else "" for name in owners}


def _set_up_existing(context: click.Context, root: Path, how: _How) -> None:
    """What git does not carry from clone to clone, for a board that is there."""
    extras = tuple(key for key in on_offer(root) if key not in how.skip) if how.yes else how.named
    begun = not how.dry_run and _begun(root, how)
    if not extras and not begun:
        speak(settings_of(context))
        raise KanbanError(
            _("there is a board here already"),
            cure=_("change it by editing `{name}`, or set up this clone: `kanban init {path} --yes`").format(
                name=BOARD_FILE, path=typed(str(root))
            ),
            where=str(root / BOARD_FILE),
        )
    _set_up(context, root, extras, how)


def _begun(root: Path, how: _How) -> bool:
    """Whether a board that git did not know yet was committed, in a repository made for it where there was none."""
    if not how.make_repository or how.no_commit:
        return False
    who = who_begins(root, how.me, asks=how.asks)
    _repository_at(root, True)
    repository = Repository.find(root)
    if who is not None:
        introduce(repository, who)
    check_state(WriteSession(repository), commit=True)
    prefix = repository.prefix_of(root)
    done = begin(root, prefix, commit_message("board: set up", "", [("Kanban", "init")]))
    if done:
        click.echo(_("the board is in git now"))
    return done


def _set_up(context: click.Context, root: Path, extras: Sequence[str], how: _How) -> None:
    if extras:
        settings_of(context).directory = str(root)
        session = open_session(context)
        set_up(session, extras, forge=how.forge or "", no_commit=how.no_commit, dry_run=how.dry_run)


IGNORE_FILE = ".gitignore"
"""What `kanban render` writes is made from the board and no part of it."""


def board_files(
    preset: str, language: str, title: str | None = None, owners: Mapping[str, str] | None = None
) -> dict[str, bytes]:
    """The files of a new board: path relative to its folder → bytes. `owners`: name → mail address or ""."""
    data = preset_text(preset, language).encode()
    for at, (name, address) in enumerate((owners or {}).items()):
        mail = f", email: {json.dumps(address)}" if address else ""
        head = "" if at else "\nowners:\n"
        data += f"{head}  - {{name: {json.dumps(name, ensure_ascii=False)}{mail}}}\n".encode()
    if title:
        # A JSON string is a double-quoted YAML scalar, whatever the title holds.
        _first, _newline, rest = data.partition(b"\n")
        data = f"title: {json.dumps(title, ensure_ascii=False)}\n".encode() + rest
    config, problems = read_config(data)
    if config is None or problems:
        raise KanbanError(_("the title “{title}” cannot be used").format(title=title or ", ".join(owners or {})))
    banners = {f"{column.directory}/{BANNER_FILE}": banner(column, config) for column in config.columns}
    return {BOARD_FILE: data, IGNORE_FILE: b"/site/\n"} | banners


def _mend(root: Path) -> None:
    """Finish or take back what a stopped command left around `root`, which may be a board half made."""
    if not root.is_dir():
        return
    try:
        mended = recover(Repository.find(root))
    except NotARepository:
        return
    if mended is not None:
        click.echo(_("note:") + f" {safe(str(mended))}", err=True)


def _repository_at(root: Path, make: bool | None) -> None:
    """Make sure there is a repository around `root`, asking on a terminal and only there."""
    existing = next(folder for folder in (root.absolute(), *root.absolute().parents) if folder.exists())
    if not existing.is_dir():
        raise KanbanError(
            _("{folder} is a file").format(folder=existing), cure=_("name a folder that does not exist yet")
        )
    try:
        Repository.find(existing)
        return
    except NotARepository as error:
        if make is None and sys.stdin.isatty():
            make = confirm(_("{path} is not in a git repository. Make it one?").format(path=root), default=True)
        if not make:
            message = _("{path} is not in a git repository, and git is the board's memory").format(path=root)
            cure = _("type `kanban init {path} --git`").format(path=typed(str(root)))
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


def _say_start(as_json: bool) -> None:
    if not as_json:
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
            _("`kanban serve` opens the board in the browser, to be touched."),
        )
    )
