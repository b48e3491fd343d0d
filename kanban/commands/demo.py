"""`kanban demo`: a board with half a year of believable history, to look around in."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from kanban.commands.entry import Verb, settings_of
from kanban.errors import KanbanError
from kanban.i18n import _, ngettext
from kanban.i18n.catalogue import set_language


@click.command(
    cls=Verb,
    name="demo",
    examples=(
        "kanban demo pipeline                      a board that opens today",
        "kanban demo pipeline --as-of 2026-10-05   the same commits on every machine",
    ),
)
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--weeks", type=click.IntRange(16, 104), default=26, show_default=True, help="Weeks of history.")
@click.option("--as-of", metavar="DAY", default=None, help="The day on which the board opens; default: today.")
@click.option("--seed", type=int, default=3, show_default=True, help="Another number tells another story.")
@click.pass_context
def command(context: click.Context, directory: Path, weeks: int, as_of: str | None, seed: int) -> None:
    """Make a sales board to look around in: invented companies, real git history.

    DIR must be new or empty. The board stands as on the morning of DAY, before the daily.
    """
    from kanban.commands.session import language_of_environment
    from kanban.demo.story import plan_demo
    from kanban.folder.example import example_board
    from kanban.folder.newfolder import new_folder
    from kanban.repository.importing import write_history

    settings = settings_of(context)
    set_language(settings.language or language_of_environment())
    day = _opening(as_of)
    target = Path(settings.directory) / directory
    commits = plan_demo(example_board(), day, weeks=weeks, seed=seed)
    with new_folder(target):
        write_history(target, commits)
    told = ngettext("{count} commit in {path}", "{count} commits in {path}", len(commits))
    click.echo(told.format(count=len(commits), path=directory))
    click.echo("  → " + _("look at it: {command}").format(command=f"kanban -C {directory} board"))


def _opening(as_of: str | None) -> date:
    from kanban.demo.workdays import ZONE
    from kanban.model.reading import read_when

    today = datetime.now(ZONE).date()
    if as_of is None:
        return today
    read = read_when(as_of, today=today, language="en")
    if read.value is None:
        raise KanbanError(f"--as-of: {read.message}", cure=read.cure)
    return read.value.day
