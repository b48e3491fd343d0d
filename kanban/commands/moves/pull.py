"""`kanban pull`: the best ready card from upstream, moved on yes."""

from __future__ import annotations

import sys

import click

from kanban.commands.base.completed_names import COLUMN
from kanban.commands.base.entry import Verb
from kanban.commands.base.ledger import clocks_of
from kanban.commands.base.session import as_of_option, open_session
from kanban.commands.base.write_verb import Gesture, WriteFlags, perform, write_options
from kanban.commands.moves.move import plan_moves
from kanban.commands.output.asking import confirm
from kanban.errors import KanbanError, Refused
from kanban.i18n import _
from kanban.model.cards.board import Board
from kanban.pull.ranking import pullable


@click.command(
    cls=Verb,
    examples=(
        "kanban pull offre         proposes a card and asks",
        "kanban pull offre --yes   takes the best without asking",
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
    board, today = session.board, session.today
    target = board.column_named(column)
    if not target.is_open or target == board.config.open_columns[0]:
        message = _("nothing is pulled into {column}").format(column=target.title)
        raise KanbanError(message, cure=_("name an open column with one upstream; close cards with win, lose or park"))
    standing = {card: found.column_days for card, found in clocks_of(session).items()}
    ready, lacking = pullable(board, target, today, column_days=standing)
    if not ready:
        reasons = [
            _("{card}: ").format(card=verdict.card.id) + f"{one.message}  → {one.cure}"
            for verdict in lacking
            for one in verdict.refusals
        ]
        raise Refused(_("no card may be pulled into {column}").format(column=target.title), reasons)
    best = ready[0].card
    if not yes and not flags.dry_run and not sys.stdin.isatty():
        click.echo(_("best: {card} ({label})").format(card=best.id, label=best.label))
        click.echo(f"kanban pull {target.key} --yes")
        return
    question = _("Pull {card} ({label}) into {column}?")
    if not yes and not flags.dry_run:
        text = question.format(card=best.id, label=best.label, column=target.title)
        if not confirm(text, default=True):
            return

    def plan(fresh: Board) -> Gesture:
        return plan_moves(session, fresh, "pull", (best.id,), target.key)

    perform(session, plan, flags)
