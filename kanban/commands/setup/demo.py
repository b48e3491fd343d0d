"""`kanban demo`: a board with half a year of believable history, to look around in."""

from __future__ import annotations

import shlex
from datetime import date, datetime
from pathlib import Path
from typing import cast

import click

from kanban.commands.base.calling.early_language import language_of_environment
from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.invocation import settings_of
from kanban.commands.base.calling.places import A_FOLDER
from kanban.demo.english import in_english
from kanban.demo.story import plan_demo
from kanban.demo.workdays import ZONE
from kanban.errors import KanbanError
from kanban.folder.example import example_board
from kanban.folder.newfolder import new_folder
from kanban.i18n import _, ngettext
from kanban.i18n.catalogue import set_language
from kanban.model.typed.read import read_when
from kanban.repository.planned.commits import write_history


@click.command(
    cls=Verb,
    name="demo",
    examples=(
        "kanban demo pipeline                      a board that opens today",
        "kanban demo pipeline --serve              and opens it in the browser",
        "kanban demo pipeline --as-of 2026-10-05   the same commits on every machine",
    ),
)
@click.argument("directory", metavar="DIR", type=A_FOLDER)
@click.option("--weeks", type=click.IntRange(16, 104), default=26, show_default=True, help="Weeks of history.")
@click.option("--as-of", metavar="DAY", default=None, help="The day on which the board opens; default: today.")
@click.option("--seed", type=int, default=2, show_default=True, help="Another number tells another story.")
@click.option("--serve", "opens", is_flag=True, help="Open it in the browser, to be touched; needs the extra `serve`.")
@click.pass_context
def command(context: click.Context, directory: str, weeks: int, as_of: str | None, seed: int, opens: bool) -> None:
    """Make a sales board to look around in: invented companies, real git history.

    DIR must be new or empty. The board stands as on the morning of DAY, before the daily.
    """
    settings = settings_of(context)
    language = settings.language or language_of_environment()
    set_language(language)
    day = _opening(as_of, language)
    target = Path(directory)
    commits = plan_demo(example_board(), day, weeks=weeks, seed=seed)
    if language == "en":
        commits = in_english(commits)
    with new_folder(target) as folder:
        write_history(folder, commits)
    _tell(target, len(commits), day, dated=as_of is not None)
    if opens:
        settings.directory = directory
        serve = cast("click.Group", context.find_root().command).get_command(context, "serve")
        context.invoke(cast("click.Command", serve), as_of=as_of)


def _tell(target: Path, count: int, day: date, *, dated: bool) -> None:
    """What was made, and the first thing to type."""
    told = ngettext(
        "{path}: a board as of {day}, with {count} commit behind it",
        "{path}: a board as of {day}, with {count} commits behind it",
        count,
    )
    click.echo(told.format(path=target, day=day.isoformat(), count=count))
    place, on = f"kanban -C {shlex.quote(str(target))}", f" --as-of {day.isoformat()}" if dated else ""
    click.echo("  → " + _("look at it: {command}").format(command=f"{place} board{on}"))
    click.echo("  → " + _("touch it, in the browser: {command}").format(command=f"{place} serve{on}"))


def _opening(as_of: str | None, language: str) -> date:
    today = datetime.now(ZONE).date()
    if as_of is None:
        return today
    read = read_when(as_of, today=today, language=language)
    if read.value is None:
        raise KanbanError(f"--as-of: {read.message}", cure=read.cure)
    return read.value.day
