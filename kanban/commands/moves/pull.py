"""`kanban pull`: the best ready card from upstream, moved on yes."""

import sys

import click

from kanban.commands.base.calling.completed_names import COLUMN
from kanban.commands.base.calling.entry import Verb
from kanban.commands.base.calling.options import WriteFlags, as_of_option, write_options
from kanban.commands.base.day_shown import clocks_of
from kanban.commands.base.session import open_session
from kanban.commands.base.write_verb import perform
from kanban.commands.output.asking import confirm
from kanban.gestures.pull import best_for, pull
from kanban.i18n import _


@click.command(
    cls=Verb,
    examples=(
        "kanban pull offer         proposes a card and asks",
        "kanban pull offer --yes   takes the best without asking",
    ),
)
@click.argument("column", metavar="COLUMN", type=COLUMN)
@click.option("--yes", "-y", is_flag=True, default=False, help="Do not ask.")
@as_of_option
@write_options
@click.pass_context
def command(context: click.Context, /, column: str, yes: bool, as_of: str | None, flags: WriteFlags) -> None:
    """Propose the best ready card from the column upstream of COLUMN, and move it on yes.

    Best is by class of service, then the nearest fixed date, then the longest wait. Blocked cards are left out.
    """
    session = open_session(context, as_of)
    target = session.board.column_named(column)
    best = best_for(session.situation(session.board), column, clocks_of(session))
    if not yes and not flags.dry_run:
        if not sys.stdin.isatty():
            click.echo(_("best: {card} ({label})").format(card=best.id, label=best.label))
            click.echo(f"kanban pull {target.key} --yes")
            return
        question = _("Pull {card} ({label}) into {column}?")
        if not confirm(question.format(card=best.id, label=best.label, column=target.title), default=True):
            return
    perform(session, flags, pull, column=column, card=best.id)
